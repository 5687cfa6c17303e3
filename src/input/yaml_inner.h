/* What the files of the YAML reader share. */
#ifndef BX_INPUT_YAML_INNER_H
#define BX_INPUT_YAML_INNER_H

#include "input/yaml.h"

#include <yaml.h>

/* Fills in scalar->origin from the scalar's text, span and the style it was written in. */
void bx_yaml_trace(bx_arena *arena, bx_yaml *scalar, yaml_scalar_style_t style, bx_str bytes);

/* Reports what stopped libyaml: `offset` is the byte of the problem, `context` that of what was
 * being read then. */
void bx_yaml_complain(bx_report *report, uint32_t source, const yaml_parser_t *parser,
                      uint32_t offset, uint32_t context);

#endif
