/* The record of a job, and the files in it as attachments. */
#ifndef BX_PRESS_MADE_FROM_H
#define BX_PRESS_MADE_FROM_H

#include "output/pdf/pdf.h"
#include "press/press.h"
#include "press/record.h"

/* bx_job_build for who is inside a task already: gives the record too. */
bx_status bx_job_write(bx_job *job, bx_sink *sink, const bx_record **record);

/* Fills in the libraries whose versions show in the bytes. */
void bx_job_libraries(bx_job *job, bx_record *record);

/* The name by which a layout was found, or "layout" for one that was named by its path: its folder
 * may be the issue's own, whose name is no business of the PDF's. */
bx_str bx_job_layout_name(const bx_job *job, bx_str path);

/* Of a job whose pages are composed. */
const bx_record *bx_job_record(bx_job *job);

/* The record's text, which stands as it is in the PDF, and the files that it lists, in its order.
 */
const bx_attachment *bx_record_attachments(bx_arena *arena, const bx_record *record, bx_str text,
                                           uint32_t *n);

#endif
