/* The scanner's hot path in C: what `pratique.detect` also does in NumPy and Python, faster, with the same results.
 *
 * Plain C11 and Python's limited API of 3.11, so that one library serves every later version. Nothing is kept between
 * calls. Every index that comes from an array is checked: a table that is damaged gives an error, not a bad read.
 */
#ifndef PRATIQUE_NATIVE_H
#define PRATIQUE_NATIVE_H

#define Py_LIMITED_API 0x030B0000
#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* Of a symbol, as `pratique.detect.native` writes them. WORD and TIE together: a number beyond ASCII's, no letter. */
enum { WORD = 1, DIGIT = 2, BEGINS = 4, TIED = 8, TIE = 16, DOTS = 32, BLANK = 64, DOT = 128 };

/* Bytes that grow. */
typedef struct {
    char *data;
    size_t used, room;
} Buffer;

/* Room for `size` more bytes; NULL where there is no memory. */
static inline void *more(Buffer *buffer, size_t size) {
    if (size > buffer->room - buffer->used) {
        size_t room = buffer->room ? buffer->room * 2 : 4096;
        while (room - buffer->used < size) room *= 2;
        char *data = realloc(buffer->data, room);
        if (data == NULL) return NULL;
        buffer->data = data;
        buffer->room = room;
    }
    void *place = buffer->data + buffer->used;
    buffer->used += size;
    return place;
}

/* The bytes as an object; the buffer is freed. */
static inline PyObject *taken(Buffer *buffer) {
    PyObject *bytes = PyBytes_FromStringAndSize(buffer->data, (Py_ssize_t)buffer->used);
    free(buffer->data);
    *buffer = (Buffer){0};
    return bytes;
}

/* Whether a buffer holds whole items of `size` bytes, where the machine can read them. */
static inline int holds(const Py_buffer *buffer, size_t size) {
    return buffer->len == 0 || ((size_t)buffer->len % size == 0 && (uintptr_t)buffer->buf % size == 0);
}

PyObject *native_find(PyObject *module, PyObject *args);
PyObject *native_gate(PyObject *module, PyObject *args);
PyObject *native_tokens(PyObject *module, PyObject *args);
PyObject *native_words(PyObject *module, PyObject *args);
PyObject *native_judge(PyObject *module, PyObject *args);
PyObject *native_settle(PyObject *module, PyObject *args);
PyObject *native_torn(PyObject *module, PyObject *text);
PyObject *native_labelled(PyObject *module, PyObject *args);
PyObject *native_longest(PyObject *module, PyObject *args);
PyObject *native_follow(PyObject *module, PyObject *args);
PyObject *native_listed(PyObject *module, PyObject *args);
PyObject *native_names(PyObject *module, PyObject *args);

#endif
