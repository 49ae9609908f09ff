/* The module `pratique.detect._native`. */
#include "native.h"

static PyMethodDef methods[] = {
    {"find", native_find, METH_VARARGS, "Hits of the automaton, walked from every place at which a candidate can begin."},
    {"words", native_words, METH_VARARGS, "The words of a text, and those that may speak for a type."},
    {"worth", native_worth, METH_VARARGS, "Which hits need no word near them, or have one that may speak for them."},
    {"torn", native_torn, METH_O, "Whether a digit may stand near both sides of a line break of an ASCII text."},
    {"listed", native_listed, METH_VARARGS, "A table of words and their values."},
    {"names", native_names, METH_VARARGS, "Capitalised words of texts that may be names."},
    {NULL, NULL, 0, NULL},
};

/* Raised with every change to what a function takes or gives; as in `pratique.detect.native`. */
enum { VERSION = 2 };

static int filled(PyObject *module) { return PyModule_AddIntConstant(module, "VERSION", VERSION); }

static PyModuleDef_Slot slots[] = {{Py_mod_exec, (void *)filled}, {0, NULL}};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT, "pratique.detect._native", "The scanner's hot path in C.", 0, methods, slots, NULL, NULL, NULL,
};

PyMODINIT_FUNC PyInit__native(void) { return PyModuleDef_Init(&definition); }
