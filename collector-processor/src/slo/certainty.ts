/** 95 %, one-sided: of a hundred windows as bad as the border five are taken for worse. */
export const Z = 1.645;

/** More bad or good events than this share of all cannot come from rounding and extrapolation. */
export const SLACK = 0.01;
