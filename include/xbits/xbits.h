/* SPDX-License-Identifier: MIT */
#ifndef XBITS_XBITS_H
#define XBITS_XBITS_H

/* The whole API. */
#include "xbits/change.h"
#include "xbits/convention.h"
#include "xbits/event.h"
#include "xbits/export.h"
#include "xbits/external.h"
#include "xbits/file.h"
#include "xbits/id.h"
#include "xbits/job.h"
#include "xbits/library.h"
#include "xbits/log.h"
#include "xbits/manager.h"
#include "xbits/notification.h"
#include "xbits/player.h"
#include "xbits/property.h"
#include "xbits/registry.h"
#include "xbits/result.h"
#include "xbits/setting.h"
#include "xbits/shell.h"
#include "xbits/sim.h"
#include "xbits/snapshot.h"
#include "xbits/store.h"
#include "xbits/value.h"
#include "xbits/version.h"
#include "xbits/wmp_job.h"

#endif
