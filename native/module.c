/* The module `pratique.detect._native`. */
#include "native.h"

static PyMethodDef methods[] = {
    {"find", native_find, METH_VARARGS, "Hits of the automaton, walked from every place at which a candidate can begin."},
    {"gate", native_gate, METH_VARARGS, "From where patterns that go on may match."},
    {"tokens", native_tokens, METH_VARARGS, "Runs of characters without a blank that have an @, a :// or a full stop in them."},
    {"words", native_words, METH_VARARGS, "The words of a text, and those that may speak for a type."},
    {"judge", native_judge, METH_VARARGS, "Hits become candidates."},
    {"settle", native_settle, METH_VARARGS, "The findings of candidates."},
    {"torn", native_torn, METH_O, "Whether a digit may stand near both sides of a line break."},
    {"labelled", native_labelled, METH_VARARGS, "Whether a word that may be a label stands near."},
    {"longest", native_longest, METH_VARARGS, "How long the longest match of a pattern is."},
    {"follow", native_follow, METH_VARARGS, "The positions that follow those of a state."},
    {"listed", native_listed, METH_VARARGS, "A table of words and their values."},
    {"names", native_names, METH_VARARGS, "Names of people in texts, and capitalised words that may be names."},
    {NULL, NULL, 0, NULL},
};

/* Raised with every change to what a function takes or gives; as in `pratique.detect.native`. */
enum { VERSION = 8 };

static int filled(PyObject *module) { return PyModule_AddIntConstant(module, "VERSION", VERSION); }

static PyModuleDef_Slot slots[] = {{Py_mod_exec, (void *)filled}, {0, NULL}};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT, "pratique.detect._native", "The scanner's hot path in C.", 0, methods, slots, NULL, NULL, NULL,
};

PyMODINIT_FUNC PyInit__native(void) { return PyModuleDef_Init(&definition); }
