/* SPDX-License-Identifier: MIT */
#include "base/argument.h"
#include "store/external/member_table.h"

static xbits_result find_row(const struct xbits_external *external,
                             const struct xbits_invocation *invocation,
                             const struct member_row **row_out)
{
    const struct xbits_member *member = invocation->member;
    const enum xbits_surface surface = external->options.surface;

    TRY(argument_pointer("the object", invocation->object));
    TRY(argument_pointer("the member", member));
    *row_out = member_row_of(member);
    if (*row_out == NULL || member->object_class != invocation->object->object_class ||
        !xbits_member_is_on(member, surface, xbits_shell_player(external->options.shell))) {
        return xbits_fail(XBITS_DISP_E_MEMBERNOTFOUND, "%s has no such member here",
                          xbits_object_class_name(invocation->object->object_class));
    }
    return XBITS_S_OK;
}

static const struct use {
    unsigned bit;
    const char *refusal;
} uses[] = {
    { XBITS_MEMBER_GET, "cannot be read" },
    { XBITS_MEMBER_PUT, "cannot be assigned to" },
    { XBITS_MEMBER_CALL, "cannot be called" },
};

static xbits_result check_use(const struct xbits_member *member, unsigned use)
{
    for (size_t i = 0; i < sizeof uses / sizeof uses[0]; i++) {
        if (uses[i].bit != use)
            continue;
        if ((member->uses & use) != 0)
            return XBITS_S_OK;
        return xbits_fail(XBITS_DISP_E_MEMBERNOTFOUND, "%s %s", member->name, uses[i].refusal);
    }
    return xbits_fail(XBITS_E_INVALIDARG, "%u is no one use of a member", use);
}

static xbits_result check_count(const struct xbits_member *member,
                                const struct xbits_invocation *invocation)
{
    const size_t count = invocation->argument_count;
    const bool is_get = invocation->use == XBITS_MEMBER_GET;
    const size_t minimum = is_get ? 0 : member->argument_minimum;
    const size_t maximum = is_get ? 0 : member->argument_maximum;

    if (count < minimum || count > maximum) {
        return xbits_fail(XBITS_DISP_E_BADPARAMCOUNT, "%s takes %zu to %zu arguments, not %zu",
                          member->name, minimum, maximum, count);
    }
    return count == 0 ? XBITS_S_OK : argument_pointer("the arguments", invocation->arguments);
}

static xbits_result change_arguments(const struct xbits_member *member,
                                     const struct xbits_invocation *invocation, struct call *call)
{
    static const struct xbits_variant missing = { .kind = XBITS_VARIANT_EMPTY };

    if (invocation->use == XBITS_MEMBER_GET)
        return XBITS_S_OK;
    for (unsigned i = 0; i < member->argument_maximum; i++) {
        const struct xbits_variant *argument =
            i < invocation->argument_count ? &invocation->arguments[i] : &missing;

        TRY(variant_change(argument, member->arguments[i], &call->arguments[i]));
    }
    return XBITS_S_OK;
}

xbits_result call_answer_text(struct call *call, const char *text)
{
    call->result.kind = XBITS_VARIANT_TEXT;
    call->result.as.text = text;
    return XBITS_S_OK;
}

/* A text of the store or the shell may change with the next call of another page: it is copied. */
static xbits_result answer(struct call *call, struct xbits_variant *result_out)
{
    struct text *kept = &call->external->result;

    if (result_out == NULL)
        return XBITS_S_OK;
    if (call->result.kind == XBITS_VARIANT_TEXT) {
        text_clear(kept);
        TRY(text_add(kept, call->result.as.text));
        call->result.as.text = text_c(kept);
    }
    *result_out = call->result;
    return XBITS_S_OK;
}

xbits_result xbits_external_invoke(struct xbits_external *external,
                                   const struct xbits_invocation *invocation,
                                   struct xbits_variant *result_out)
{
    struct call call = { .external = external, .result = { .kind = XBITS_VARIANT_EMPTY } };
    const struct member_row *row = NULL;

    TRY(argument_pointer("external", external));
    TRY(argument_pointer("the invocation", invocation));
    TRY(find_row(external, invocation, &row));
    TRY(check_use(&row->member, invocation->use));
    TRY(check_count(&row->member, invocation));
    TRY(change_arguments(&row->member, invocation, &call));
    call.object = invocation->object;
    call.member = invocation->member;
    call.is_put = invocation->use == XBITS_MEMBER_PUT;
    TRY(row->run(&call));
    return answer(&call, result_out);
}
