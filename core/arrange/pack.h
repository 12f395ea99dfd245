/* pack.h
 *
 * SPDX-License-Identifier: MIT
 *
 * Parts that nothing connects, beside and below each other.
 */

#pragma once

#include "arrange/tree.h"

G_BEGIN_DECLS

/* Gives every part its x and y, from (0, 0): in rows, about 1.6 times as wide as
 * high together, in their order unless sorting by height saves much.
 *
 * @parts: (element-type TelarArrangePart) */
void telar_arrange_pack (GPtrArray *parts, double *width, double *height);

G_END_DECLS
