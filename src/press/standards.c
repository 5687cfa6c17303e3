/* The PDF standards of a job: what the command asks for, else the layout, else what fits. */
#include "press/press.h"

#include "style/conformance.h"

void bx_job_settle_standards(bx_job *job) {
    const bx_issue *issue = job->issue;
    const bx_style *style = job->style;
    bool issue_says = issue->embed_source_span.source != 0;
    job->embed_source = issue_says ? issue->embed_source : style->embed_source;
    if (!job->has_standards && style->n_conformance)
        bx_standards_read(job->arena, style->conformance, style->n_conformance, &job->standards);
    else if (!job->has_standards)
        job->standards = (job->embed_source ? BX_PDF_A3A : BX_PDF_A2A) | BX_PDF_UA1;
    if (!job->embed_source || !(job->standards & BX_PDF_A2A))
        return;
    bx_say(job->report, BX_D_CONFORMANCE,
           issue_says ? issue->embed_source_span : style->embed_source_span,
           "PDF/A-2 may not hold the source (ISO 19005-2, 6.8)");
    bx_hint(job->report, "Ask for a-3a, or leave the choice of the standard out");
}
