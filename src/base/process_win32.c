/* SPDX-License-Identifier: MIT */
#include "base/process.h"

#include "base/command_line.h"
#include "base/disk_win32.h"
#include "base/text.h"

#include <stdlib.h>
#include <windows.h>

#include <tlhelp32.h> /* After windows.h, whose types it takes for granted. */

struct process {
    HANDLE handle;
};

uint64_t process_id(void)
{
    return GetCurrentProcessId();
}

/* A name that is no UTF-16, or longer than any file's, is nobody's whom we know. */
static bool has_name(const PROCESSENTRY32W *entry, const char *image_name)
{
    char name[3 * MAX_PATH];

    return WideCharToMultiByte(CP_UTF8, WC_ERR_INVALID_CHARS, entry->szExeFile, -1, name,
                               sizeof(name), NULL, NULL) > 0 &&
           text_equal_ignoring_case(name, image_name);
}

static xbits_result fail_list(const char *image_name)
{
    return disk_win32_fail(GetLastError(), "list the processes to look for", image_name);
}

xbits_result process_is_running(const char *image_name, bool *is_running_out)
{
    PROCESSENTRY32W entry = { .dwSize = sizeof(entry) };
    HANDLE snapshot = CreateToolhelp32Snapshot(TH32CS_SNAPPROCESS, 0);
    xbits_result result = XBITS_S_OK;
    bool is_running = false;
    BOOL has_entry;

    if (snapshot == INVALID_HANDLE_VALUE)
        return fail_list(image_name);
    has_entry = Process32FirstW(snapshot, &entry);
    while (has_entry && !is_running) {
        is_running = has_name(&entry, image_name);
        has_entry = Process32NextW(snapshot, &entry);
    }
    if (!is_running && GetLastError() != ERROR_NO_MORE_FILES)
        result = fail_list(image_name);
    CloseHandle(snapshot);
    if (XBITS_SUCCEEDED(result))
        *is_running_out = is_running;
    return result;
}

/* Nothing is inherited: a child without standard handles reads nothing and writes nowhere. */
static xbits_result create(const char *program, wchar_t *wide_program, wchar_t *wide_line,
                           struct process *process)
{
    STARTUPINFOW startup = { .cb = sizeof(startup) };
    PROCESS_INFORMATION made;

    if (!CreateProcessW(wide_program, wide_line, NULL, NULL, FALSE,
                        CREATE_NO_WINDOW | CREATE_NEW_PROCESS_GROUP, NULL, NULL, &startup, &made))
        return disk_win32_fail(GetLastError(), "start", program);
    CloseHandle(made.hThread);
    process->handle = made.hProcess;
    return XBITS_S_OK;
}

static xbits_result start(const char *program, const char *const *argv, struct process *process)
{
    wchar_t *wide_program = NULL;
    wchar_t *wide_line = NULL;
    char *line = NULL;
    xbits_result result = command_line_join(argv, &line);

    if (XBITS_SUCCEEDED(result))
        result = disk_win32_path(program, &wide_program);
    if (XBITS_SUCCEEDED(result))
        result = disk_win32_path(line, &wide_line);
    if (XBITS_SUCCEEDED(result))
        result = create(program, wide_program, wide_line, process);
    free(wide_line);
    free(wide_program);
    free(line);
    return result;
}

xbits_result process_start(const char *program, const char *const *argv,
                           struct process **process_out)
{
    struct process *process = malloc(sizeof(*process));
    xbits_result result;

    if (process == NULL)
        return xbits_fail(XBITS_E_OUTOFMEMORY, "no memory to start %s", program);
    result = start(program, argv, process);
    if (XBITS_FAILED(result)) {
        free(process);
        return result;
    }
    *process_out = process;
    return XBITS_S_OK;
}

int process_wait(struct process *process)
{
    DWORD status = PROCESS_STATUS_SIGNALLED;

    WaitForSingleObject(process->handle, INFINITE);
    GetExitCodeProcess(process->handle, &status);
    CloseHandle(process->handle);
    free(process);
    return (int)status;
}

void process_stop(struct process *process)
{
    TerminateProcess(process->handle, PROCESS_STATUS_SIGNALLED);
}
