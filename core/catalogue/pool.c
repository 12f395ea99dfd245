/* pool.c
 *
 * SPDX-License-Identifier: MIT
 *
 * Functions on pools. What their workers call are steps of the plan, made of the
 * function and the items that are given here.
 */

#include "catalogue/functions.h"
#include "catalogue/operand.h"

TelarResult
telar_function_map (TelarCall *call)
{
  return telar_call_pool_run (call, TELAR_POOL_RETURNS_RESULTS);
}

TelarResult
telar_function_imap_unordered (TelarCall *call)
{
  return telar_call_pool_run (call, TELAR_POOL_RETURNS_UNORDERED);
}

TelarResult
telar_function_map_async (TelarCall *call)
{
  return telar_call_pool_run (call, TELAR_POOL_RETURNS_NOTHING);
}

TelarResult
telar_function_get_result (TelarCall *call)
{
  return telar_call_pool_ask (call, TELAR_POOL_GET, telar_call_timeout (call, 2));
}

TelarResult
telar_function_wait_result (TelarCall *call)
{
  return telar_call_pool_ask (call, TELAR_POOL_READY, telar_call_timeout (call, 2));
}

TelarResult
telar_function_ready (TelarCall *call)
{
  return telar_call_pool_ask (call, TELAR_POOL_READY, 0);
}

TelarResult
telar_function_successful (TelarCall *call)
{
  return telar_call_pool_ask (call, TELAR_POOL_SUCCESSFUL, 0);
}

TelarResult
telar_function_terminate_pool (TelarCall *call)
{
  return telar_call_pool_end (call, TELAR_POOL_TERMINATE);
}

TelarResult
telar_function_join_pool (TelarCall *call)
{
  return telar_call_pool_end (call, TELAR_POOL_JOIN);
}
