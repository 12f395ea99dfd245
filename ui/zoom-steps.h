/* zoom-steps.h
 *
 * SPDX-License-Identifier: MIT
 *
 * Factors of one key press and of one notch of the wheel, on canvas and timeline alike.
 */

#pragma once

#define TELAR_ZOOM_KEY   1.4142135623730951 /* twice the detail with two */
#define TELAR_ZOOM_WHEEL 1.189207115002721  /* with four */
