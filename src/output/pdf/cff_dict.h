/* The operators of CFF DICTs that are read or written (Adobe Technical Note 5176, 9, 10, 15). Those
 * of two bytes have 12 in front. */
#ifndef BX_OUTPUT_PDF_CFF_DICT_H
#define BX_OUTPUT_PDF_CFF_DICT_H

enum {
    BX_CFF_BBOX = 5,
    BX_CFF_CHARSET = 15,
    BX_CFF_CHARSTRINGS = 17,
    BX_CFF_PRIVATE = 18,
    BX_CFF_SUBRS = 19,
    BX_CFF_DEFAULT_WIDTH = 20,
    BX_CFF_NOMINAL_WIDTH = 21,
    BX_CFF_MATRIX = 12 << 8 | 7,
    BX_CFF_ROS = 12 << 8 | 30,
    BX_CFF_CID_COUNT = 12 << 8 | 34,
    BX_CFF_FD_ARRAY = 12 << 8 | 36,
    BX_CFF_FD_SELECT = 12 << 8 | 37,
};

#endif
