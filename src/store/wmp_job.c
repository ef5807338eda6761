/* SPDX-License-Identifier: MIT */
#include "xbits/wmp_job.h"

#include <string.h>

#include "base/argument.h"
#include "base/text.h"

/* What is made of a spec before a job is. */
struct plan {
    struct xbits_wmp_description description;
    char text[XBITS_WMP_TEXT_SIZE];
    const char *display_name;
};

static const char *file_name_of(const char *path)
{
    const char *name = path;

    for (const char *c = path; *c != '\0'; c++) {
        if (*c == '/' || *c == '\\')
            name = c + 1;
    }
    return name;
}

static xbits_result check_spec(const struct xbits_wmp_job_spec *spec)
{
    TRY(argument_pointer("the spec", spec));
    TRY(argument_struct("xbits_wmp_job_spec", spec->size, sizeof *spec));
    TRY(argument_text("the remote name", spec->remote_name));
    TRY(argument_text("the local name", spec->local_name));
    TRY(argument_optional_text("the display name", spec->display_name));
    if (!xbits_wmp_is_media_name(spec->local_name)) {
        return xbits_fail(XBITS_E_INVALIDARG,
                          "the local name \"%s\" does not end in .wma, .wmv, .mp3 or .asf",
                          spec->local_name);
    }
    /* One that every reader takes for the same number, signed or not. */
    if (spec->description.service_id < 0)
        return xbits_fail(XBITS_E_INVALIDARG, "the service id %ld of a new job is negative",
                          (long)spec->description.service_id);
    return XBITS_S_OK;
}

static xbits_result make_plan(const struct xbits_wmp_job_spec *spec, struct plan *plan)
{
    const char *title = spec->description.title;

    plan->description = spec->description;
    plan->description.size = sizeof plan->description;
    if (plan->description.service_id == 0)
        TRY(xbits_wmp_new_service_id(&plan->description.service_id));
    TRY(xbits_wmp_description_format(&plan->description, plan->text, NULL));
    plan->display_name = spec->display_name;
    if (plan->display_name == NULL)
        plan->display_name = title != NULL && title[0] != '\0' && text_utf16_length(title) <= 256
                                 ? title
                                 : file_name_of(spec->local_name);
    return XBITS_S_OK;
}

/* The description comes before Resume: a Player must not see the job run without it. */
static xbits_result prepare(struct xbits_job *job, const struct xbits_wmp_job_spec *spec,
                            const struct plan *plan)
{
    struct xbits_value text = xbits_value_text(plan->text);

    TRY(xbits_job_set(job, XBITS_JOB_DESCRIPTION, &text));
    return xbits_job_add_file(job, spec->remote_name, spec->local_name);
}

/* A registry that says so already is left as it is. */
static xbits_result ask_for_look(struct xbits_registry *registry)
{
    struct xbits_value one = xbits_value_u32(1);
    struct xbits_value value = { 0 };
    bool is_asked;

    TRY(xbits_registry_get(registry, XBITS_REGISTRY_REFRESH_DOWNLOAD, &value));
    is_asked = value.kind == XBITS_KIND_U32 && value.as.u32 != 0;
    xbits_value_dispose(&value);
    if (is_asked)
        return XBITS_S_OK;
    return xbits_registry_set(registry, XBITS_REGISTRY_REFRESH_DOWNLOAD, &one);
}

static xbits_result start(struct xbits_job *job, struct xbits_registry *registry)
{
    TRY(ask_for_look(registry));
    return xbits_job_resume(job);
}

/* What failed is told, not how the cancel went. */
static xbits_result give_up(struct xbits_job *job)
{
    struct xbits_error why = *xbits_last_error();

    (void)xbits_job_cancel(job);
    xbits_job_close(job);
    return xbits_fail_again(&why);
}

xbits_result xbits_wmp_job_create(struct xbits_manager *manager, struct xbits_registry *registry,
                                  const struct xbits_wmp_job_spec *spec, int32_t *service_id_out,
                                  struct xbits_job **job_out)
{
    struct plan plan = { 0 };
    struct xbits_job *job = NULL;
    xbits_result result;

    TRY(argument_pointer("the manager", manager));
    TRY(argument_pointer("the registry", registry));
    TRY(check_spec(spec));
    TRY(make_plan(spec, &plan));
    TRY(xbits_job_create(manager, plan.display_name, XBITS_TYPE_DOWNLOAD, &job));
    result = prepare(job, spec, &plan);
    if (XBITS_SUCCEEDED(result))
        result = start(job, registry);
    if (XBITS_FAILED(result))
        return give_up(job);
    if (service_id_out != NULL)
        *service_id_out = plan.description.service_id;
    if (job_out != NULL)
        *job_out = job;
    else
        xbits_job_close(job);
    return XBITS_S_OK;
}
