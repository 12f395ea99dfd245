/* example-texts.h
 *
 * SPDX-License-Identifier: MIT
 *
 * The texts of resources/examples, for xgettext; written by update.py and
 * compiled nowhere.
 */

