/* SPDX-License-Identifier: MIT */
#include "base/secret_cipher.h"

#include <string.h>
#include <windows.h>

#include <bcrypt.h>

/* Of bcrypt's and ntstatus.h, which cannot be had together with windows.h. */
#define STATUS_TAG_IS_WRONG ((NTSTATUS)0xC000A002L)

bool secret_is_available(void)
{
    return true;
}

static xbits_result fail_windows(const char *what, int64_t code)
{
    return xbits_fail_native(XBITS_E_FAIL, XBITS_DOMAIN_HRESULT, code,
                             "Windows could not %s: 0x%08X", what, (unsigned)code);
}

xbits_result secret_key_to_file(const struct secret_key *key, struct secret_key_file *file_out)
{
    DATA_BLOB plain = { SECRET_KEY_SIZE, (BYTE *)key->bytes };
    DATA_BLOB sealed = { 0, NULL };
    bool is_small;

    if (!CryptProtectData(&plain, L"xbits", NULL, NULL, NULL, CRYPTPROTECT_UI_FORBIDDEN, &sealed))
        return fail_windows("protect a key", GetLastError());
    is_small = sealed.cbData <= SECRET_KEY_FILE_MAXIMUM;
    if (is_small) {
        memcpy(file_out->bytes, sealed.pbData, sealed.cbData);
        file_out->size = sealed.cbData;
    }
    LocalFree(sealed.pbData);
    return is_small ? XBITS_S_OK : fail_windows("protect a key in few bytes", 0);
}

xbits_result secret_key_from_file(const struct secret_key_file *file, struct secret_key *key_out)
{
    DATA_BLOB sealed = { (DWORD)file->size, (BYTE *)file->bytes };
    DATA_BLOB plain = { 0, NULL };
    bool is_key;

    if (!CryptUnprotectData(&sealed, NULL, NULL, NULL, NULL, CRYPTPROTECT_UI_FORBIDDEN, &plain)) {
        return xbits_fail_native(XBITS_E_ACCESSDENIED, XBITS_DOMAIN_HRESULT, GetLastError(),
                                 "it is no key of this user");
    }
    is_key = plain.cbData == SECRET_KEY_SIZE;
    if (is_key)
        memcpy(key_out->bytes, plain.pbData, SECRET_KEY_SIZE);
    secret_wipe(plain.pbData, plain.cbData);
    LocalFree(plain.pbData);
    return is_key ? XBITS_S_OK
                  : xbits_fail(XBITS_E_INVALIDARG, "a key has %d bytes", SECRET_KEY_SIZE);
}

/* What bcrypt makes before it encrypts. */
struct handles {
    BCRYPT_ALG_HANDLE algorithm;
    BCRYPT_KEY_HANDLE key;
};

static NTSTATUS open_handles(const struct secret_key *key, struct handles *handles)
{
    static const wchar_t mode[] = BCRYPT_CHAIN_MODE_GCM;
    NTSTATUS status =
        BCryptOpenAlgorithmProvider(&handles->algorithm, BCRYPT_AES_ALGORITHM, NULL, 0);

    if (status >= 0) {
        status = BCryptSetProperty(handles->algorithm, BCRYPT_CHAINING_MODE, (PUCHAR)mode,
                                   sizeof(mode), 0);
    }
    if (status >= 0) {
        status = BCryptGenerateSymmetricKey(handles->algorithm, &handles->key, NULL, 0,
                                            (PUCHAR)key->bytes, SECRET_KEY_SIZE, 0);
    }
    return status;
}

static void close_handles(struct handles *handles)
{
    if (handles->key != NULL)
        BCryptDestroyKey(handles->key);
    if (handles->algorithm != NULL)
        BCryptCloseAlgorithmProvider(handles->algorithm, 0);
}

static void describe(const struct secret_cipher *cipher, const uint8_t *tag,
                     BCRYPT_AUTHENTICATED_CIPHER_MODE_INFO *info)
{
    BCRYPT_INIT_AUTH_MODE_INFO(*info);
    info->pbNonce = (PUCHAR)cipher->nonce;
    info->cbNonce = SECRET_NONCE_SIZE;
    info->pbAuthData = (PUCHAR)cipher->associated.data;
    info->cbAuthData = (ULONG)cipher->associated.size;
    info->pbTag = (PUCHAR)tag;
    info->cbTag = SECRET_TAG_SIZE;
}

xbits_result secret_encrypt(const struct secret_cipher *cipher, struct secret_bytes plain,
                            uint8_t *out)
{
    BCRYPT_AUTHENTICATED_CIPHER_MODE_INFO info;
    struct handles handles = { NULL, NULL };
    NTSTATUS status = open_handles(cipher->key, &handles);
    ULONG size = 0;

    describe(cipher, out + plain.size, &info);
    if (status >= 0) {
        status = BCryptEncrypt(handles.key, (PUCHAR)plain.data, (ULONG)plain.size, &info, NULL, 0,
                               out, (ULONG)plain.size, &size, 0);
    }
    close_handles(&handles);
    return status >= 0 ? XBITS_S_OK : fail_windows("seal a secret", status);
}

xbits_result secret_decrypt(const struct secret_cipher *cipher, struct secret_bytes encrypted,
                            uint8_t *out)
{
    const struct secret_bytes text = { encrypted.data, encrypted.size - SECRET_TAG_SIZE };
    BCRYPT_AUTHENTICATED_CIPHER_MODE_INFO info;
    struct handles handles = { NULL, NULL };
    NTSTATUS status = open_handles(cipher->key, &handles);
    ULONG size = 0;

    describe(cipher, (const uint8_t *)encrypted.data + text.size, &info);
    if (status >= 0) {
        status = BCryptDecrypt(handles.key, (PUCHAR)text.data, (ULONG)text.size, &info, NULL, 0,
                               out, (ULONG)text.size, &size, 0);
    }
    close_handles(&handles);
    if (status == STATUS_TAG_IS_WRONG)
        return xbits_fail(XBITS_E_ACCESSDENIED, "the key does not open it");
    return status >= 0 ? XBITS_S_OK : fail_windows("open a secret", status);
}
