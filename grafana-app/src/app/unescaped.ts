/**
 * For `t`: values stay as they are. React draws them as text; escaped for HTML, a service named `a/b` would read `a&#x2F;b`.
 */
export const unescaped = { escapeValue: false } as const;
