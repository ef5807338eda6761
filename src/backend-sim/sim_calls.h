/* SPDX-License-Identifier: MIT */
#ifndef SIM_CALLS_H
#define SIM_CALLS_H

#include "job/backend.h"

/* The slots of the port, by the files that fill them. Their contracts stand in job/backend.h. */

/* sim_calls.c: jobs and files */
xbits_result sim_create_job(struct backend_connection *connection, const char *display_name,
                            enum xbits_job_type type, struct xbits_id *id_out);
xbits_result sim_hold_job(struct backend_connection *connection, const struct xbits_id *id);
void sim_release_job(struct backend_connection *connection, const struct xbits_id *id);
xbits_result sim_read_jobs(struct backend_connection *connection, enum xbits_list_scope scope,
                           xbits_job_visit *visit, void *user);
xbits_result sim_read_job(struct backend_connection *connection, const struct xbits_id *id,
                          xbits_job_visit *visit, void *user);
xbits_result sim_ask(struct backend_connection *connection, const struct xbits_id *id,
                     enum backend_request request);
xbits_result sim_add_files(struct backend_connection *connection, const struct xbits_id *id,
                           const struct xbits_file_spec *files, size_t count);
xbits_result sim_read_files(struct backend_connection *connection, const struct xbits_id *id,
                            uint32_t first, uint32_t count, xbits_file_visit *visit, void *user);

/* sim_events.c */
xbits_result sim_read_events(struct backend_connection *connection, uint64_t after,
                             xbits_event_visit *visit, void *user);
xbits_result sim_read_owner(struct backend_connection *connection, uint64_t *process_id_out);

/* sim_notifications.c */
xbits_result sim_subscribe(struct backend_connection *connection, const struct xbits_id *id,
                           bool is_wanted);
xbits_result sim_next_notification(struct backend_connection *connection, uint64_t until_ms,
                                   struct xbits_notification *notification_out);
xbits_result sim_answer_notification(struct backend_connection *connection, uint64_t id,
                                     xbits_result answer);

/* sim_properties.c */
xbits_result sim_get_job_property(struct backend_connection *connection, const struct xbits_id *id,
                                  enum xbits_job_property property, struct xbits_value *value_out);
xbits_result sim_set_job_property(struct backend_connection *connection, const struct xbits_id *id,
                                  enum xbits_job_property property,
                                  const struct xbits_value *value);
xbits_result sim_get_file_property(struct backend_connection *connection, const struct xbits_id *id,
                                   uint32_t file, enum xbits_file_property property,
                                   struct xbits_value *value_out);
xbits_result sim_set_file_property(struct backend_connection *connection, const struct xbits_id *id,
                                   uint32_t file, enum xbits_file_property property,
                                   const struct xbits_value *value);

/* sim_world.c: changes, the clock and the weather */
xbits_result sim_next_change(struct backend_connection *connection, struct xbits_cursor *cursor,
                             uint64_t until_ms, struct xbits_change *change_out);
xbits_result sim_get_world_property(struct backend_connection *connection,
                                    enum xbits_world_property property,
                                    struct xbits_value *value_out);
xbits_result sim_set_world_property(struct backend_connection *connection,
                                    enum xbits_world_property property,
                                    const struct xbits_value *value);
xbits_result sim_advance(struct backend_connection *connection, uint64_t until_ms, bool to_idle,
                         backend_stop *stop, void *user);
uint64_t sim_now_ms(struct backend_connection *connection);
int64_t sim_utc(struct backend_connection *connection);

#endif
