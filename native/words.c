/* The words of a text and those of them that may speak for a type, as `ContextTable._marked`. */
#include "marks.h"

/* words(text, symbols, flags, marks) -> (starts, ends, maybe): int64 each; maybe: numbers of words.
 *
 * text: ASCII, one byte a character, or code points in lower case, four bytes each. symbols: of the text, and END.
 */
PyObject *native_words(PyObject *module, PyObject *args) {
    (void)module;
    Py_buffer text, symbols, flags, marks;
    if (!PyArg_ParseTuple(args, "y*y*y*y*", &text, &symbols, &flags, &marks)) return NULL;
    PyObject *result = NULL;
    Buffer starts = {0}, ends = {0}, maybe = {0};
    int64_t length = (int64_t)symbols.len - 1;
    int wide = length > 0 && text.len == length * 4;
    if (length < 0 || (text.len != length && !wide) || (wide && !holds(&text, 4)) || flags.len != 256 ||
        marks.len != 1 << MARK_BITS) {
        PyErr_SetString(PyExc_ValueError, "arrays that do not fit together");
        goto end;
    }
    const uint8_t *these = symbols.buf, *kinds = flags.buf;
    int full = 0;
    Py_BEGIN_ALLOW_THREADS
    int64_t number = 0;
    for (int64_t at = 0; at < length && !full; at++) {
        if ((kinds[these[at]] & (WORD | DIGIT)) != WORD) continue;
        int64_t start = at;
        while (at < length && (kinds[these[at]] & (WORD | DIGIT)) == WORD) at++;
        int64_t *first = more(&starts, 8), *last = more(&ends, 8);
        if (first == NULL || last == NULL) {
            full = 1;
            break;
        }
        *first = start;
        *last = at;
        if (marked(text.buf, wide, start, at, marks.buf)) {
            int64_t *one = more(&maybe, 8);
            if (one == NULL) full = 1;
            else *one = number;
        }
        number++;
    }
    Py_END_ALLOW_THREADS
    if (full) {
        PyErr_NoMemory();
    } else {
        PyObject *a = taken(&starts), *b = taken(&ends), *c = taken(&maybe);
        if (a != NULL && b != NULL && c != NULL) {
            result = Py_BuildValue("NNN", a, b, c);
        } else {
            Py_XDECREF(a);
            Py_XDECREF(b);
            Py_XDECREF(c);
        }
    }
    free(starts.data);
    free(ends.data);
    free(maybe.data);
end:
    PyBuffer_Release(&text);
    PyBuffer_Release(&symbols);
    PyBuffer_Release(&flags);
    PyBuffer_Release(&marks);
    return result;
}
