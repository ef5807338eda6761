/* SPDX-License-Identifier: MIT */
#include "backend-sim/transfer/curl_error.h"

#include "support/assert_result.h"
#include "support/test_main.h"

/* bits-client 5.5, "libcurl mapping". */
static const struct {
    CURLcode code;
    xbits_result result;
} cases[] = {
    { CURLE_COULDNT_RESOLVE_HOST, XBITS_ERROR_WINHTTP_NAME_NOT_RESOLVED },
    { CURLE_COULDNT_RESOLVE_PROXY, XBITS_ERROR_WINHTTP_NAME_NOT_RESOLVED },
    { CURLE_COULDNT_CONNECT, XBITS_ERROR_WINHTTP_CANNOT_CONNECT },
    { CURLE_OPERATION_TIMEDOUT, XBITS_ERROR_WINHTTP_TIMEOUT },
    { CURLE_RECV_ERROR, XBITS_ERROR_WINHTTP_CONNECTION_ERROR },
    { CURLE_SEND_ERROR, XBITS_ERROR_WINHTTP_CONNECTION_ERROR },
    { CURLE_GOT_NOTHING, XBITS_ERROR_WINHTTP_CONNECTION_ERROR },
    { CURLE_PARTIAL_FILE, XBITS_ERROR_WINHTTP_CONNECTION_ERROR },
    { CURLE_WEIRD_SERVER_REPLY, XBITS_ERROR_WINHTTP_INVALID_SERVER_RESPONSE },
    { CURLE_PEER_FAILED_VERIFICATION, XBITS_ERROR_WINHTTP_SECURE_FAILURE },
    { CURLE_SSL_CONNECT_ERROR, XBITS_ERROR_WINHTTP_SECURE_CHANNEL_ERROR },
    { CURLE_TOO_MANY_REDIRECTS, XBITS_ERROR_WINHTTP_REDIRECT_FAILED },
    { CURLE_OUT_OF_MEMORY, XBITS_E_OUTOFMEMORY },
};

static void each_code_has_its_result(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        assert_fails(cases[i].result, curl_error_raise(cases[i].code, "because"));
        assert_int_equal(xbits_last_error()->domain, XBITS_DOMAIN_CURL);
        assert_int_equal(xbits_last_error()->native_code, cases[i].code);
        assert_message(": because");
    }
}

static void a_code_without_a_row_is_an_inner_error_with_its_number(void **state)
{
    (void)state;
    assert_fails(XBITS_ERROR_WINHTTP_INTERNAL_ERROR, curl_error_raise(CURLE_LDAP_CANNOT_BIND, ""));
    assert_int_equal(xbits_last_error()->native_code, CURLE_LDAP_CANNOT_BIND);
    assert_message(curl_easy_strerror(CURLE_LDAP_CANNOT_BIND));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_code_has_its_result),
        cmocka_unit_test(a_code_without_a_row_is_an_inner_error_with_its_number),
    };

    return run_tests("curl_error", tests);
}
