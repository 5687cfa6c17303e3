/* The record of a job, and the files in it as attachments. */
#ifndef BX_PRESS_MADE_FROM_H
#define BX_PRESS_MADE_FROM_H

#include "output/pdf/pdf.h"
#include "press/press.h"
#include "press/record.h"

/* bx_job_build for who is inside a task already: gives the record too. */
bx_status bx_job_write(bx_job *job, bx_sink *sink, const bx_record **record);

/* Of a job whose pages are composed. */
const bx_record *bx_job_record(bx_job *job);

/* The record's text, which stands as it is in the PDF, and the files that it lists, in its order.
 */
const bx_attachment *bx_record_attachments(bx_arena *arena, const bx_record *record, bx_str text,
                                           uint32_t *n);

#endif
