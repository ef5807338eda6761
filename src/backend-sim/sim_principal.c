/* SPDX-License-Identifier: MIT */
#include "backend-sim/sim.h"

#include <stdio.h>
#include <string.h>

/* Mandatory integrity levels, as IBackgroundCopyJob4 tells them. */
#define INTEGRITY_MEDIUM 0x2000
#define INTEGRITY_HIGH   0x3000
#define INTEGRITY_SYSTEM 0x4000

/* Who can call (ruling 11). A user is the process's own, whatever it may do elsewhere. */
static const struct {
    const char *name;
    const char *sid; /* NULL: made from the user's number, as Samba does. */
    bool is_administrator;
    bool is_exempt;
    uint32_t integrity_level;
} principals[] = {
    { "user", NULL, false, false, INTEGRITY_MEDIUM },
    { "administrator", NULL, true, true, INTEGRITY_HIGH },
    { "service", "S-1-5-18", true, true, INTEGRITY_SYSTEM },
};

xbits_result sim_principal_init(const char *name, struct sim_connection *connection)
{
    if (name == NULL)
        name = principals[0].name;
    for (size_t i = 0; i < sizeof(principals) / sizeof(principals[0]); i++) {
        if (strcmp(principals[i].name, name) != 0)
            continue;
        if (principals[i].sid != NULL)
            snprintf(connection->sid, sizeof(connection->sid), "%s", principals[i].sid);
        else
            snprintf(connection->sid, sizeof(connection->sid), "S-1-22-1-%lu", sim_user_id());
        connection->principal = (struct principal){
            .sid = connection->sid,
            .is_administrator = principals[i].is_administrator,
            .is_exempt = principals[i].is_exempt,
            .integrity_level = principals[i].integrity_level,
        };
        return XBITS_S_OK;
    }
    return xbits_fail(XBITS_E_INVALIDARG,
                      "there is no principal \"%s\"; known are user, administrator and service",
                      name);
}
