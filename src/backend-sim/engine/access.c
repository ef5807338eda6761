/* SPDX-License-Identifier: MIT */
#include "backend-sim/engine/internal.h"

/*
 * Who may do what to a job (bits-client 9.1). What was made elevated needs elevation even from its
 * owner, to be retrieved as to be modified (User Account Control and BITS).
 */
bool engine_is_seen_by(const struct engine_job *job, const struct principal *who)
{
    return who->is_administrator || (engine_is_owner(job, who->sid) && !job->is_elevated);
}

xbits_result engine_may_see(const struct engine_job *job, const struct principal *who)
{
    char text[XBITS_ID_TEXT_SIZE];

    if (engine_is_seen_by(job, who))
        return XBITS_S_OK;
    return xbits_fail(XBITS_E_ACCESSDENIED, "the job %s belongs to %s%s; act as it by --as",
                      xbits_id_format(&job->id, text), job->owner,
                      job->is_elevated ? ", elevated" : "");
}

xbits_result engine_may_change(const struct engine_job *job, const struct principal *who)
{
    char text[XBITS_ID_TEXT_SIZE];

    TRY(engine_may_see(job, who));
    if (who->integrity_level >= job->integrity_level)
        return XBITS_S_OK;
    return xbits_fail(XBITS_E_ACCESSDENIED,
                      "the job %s belongs to %s, a service, and is changed by services alone (--as "
                      "service)",
                      xbits_id_format(&job->id, text), job->owner);
}
