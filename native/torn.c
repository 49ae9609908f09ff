/* Line breaks that an identifier may lie across. */
#include "native.h"

static int wrapped(int byte, const char *blanks) {
    return (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
           (byte != 0 && strchr(blanks, byte) != NULL);
}

/* torn(text) -> bool: whether a digit may stand near both sides of a line break: within 12 characters, as `reading.wrapped`
 * looks for, and blanks, of up to four bytes.
 */
PyObject *native_torn(PyObject *module, PyObject *text) {
    (void)module;
    enum { NEAR = 64 };
    Py_ssize_t length;
    const char *data = PyUnicode_Check(text) ? PyUnicode_AsUTF8AndSize(text, &length) : NULL;
    if (data == NULL) {
        if (!PyErr_Occurred()) PyErr_SetString(PyExc_TypeError, "a text is needed");
        return NULL;
    }
    const char *stop = data + length, *line = data;
    while ((line = memchr(line, '\n', (size_t)(stop - line))) != NULL) {
        if (line == data || line + 1 == stop || !wrapped(line[-1], " \t-\r") || !wrapped(line[1], " \t>|")) {
            line++; /* as of `reading._WRAP` */
            continue;
        }
        const char *least = line - data > NEAR ? line - NEAR : data, *most = stop - line > NEAR ? line + NEAR : stop;
        int before = 0, after = 0;
        for (const char *at = least; at < line && !before; at++) before = *at >= '0' && *at <= '9';
        for (const char *at = line + 1; before && at < most && !after; at++) after = *at >= '0' && *at <= '9';
        if (before && after) Py_RETURN_TRUE;
        line++;
    }
    Py_RETURN_FALSE;
}
