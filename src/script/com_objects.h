/* SPDX-License-Identifier: MIT */
#ifndef SCRIPT_COM_OBJECTS_H
#define SCRIPT_COM_OBJECTS_H

#include "script/host.h"
#include "xbits/external.h"

/*
 * window.external and what is reached from it, as objects of a script: names in any case, a member
 * that a surface lacks is undefined, the same object is ===. Which item a handle means is kept here
 * and not in the script, which can forge nothing.
 */
xbits_result com_objects_new(struct xbits_external *external, struct com_objects **objects_out);
void com_objects_free(struct com_objects *objects); /* NULL is fine. */

/* external itself. */
struct js_object com_objects_external(void);

#endif
