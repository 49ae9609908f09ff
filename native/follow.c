/* The positions that follow those of a state by a symbol, as `shapes.automaton.Automaton`. */
#include "native.h"

/* follow(symbols, begins, follow, positions, symbol) -> bytes
 *
 * As int32, ascending, every position that follows one of `positions` (int32) and may be the symbol. symbols: by position and
 * symbol whether it may be that; begins: by position where those that may follow it begin in `follow`, and one more.
 */
PyObject *native_follow(PyObject *module, PyObject *args) {
    (void)module;
    Py_buffer symbols, begins, follow, positions;
    Py_ssize_t symbol;
    if (!PyArg_ParseTuple(args, "y*y*y*y*n", &symbols, &begins, &follow, &positions, &symbol)) return NULL;
    PyObject *result = NULL;
    const uint8_t *may = symbols.buf;
    const int32_t *first = begins.buf, *next = follow.buf, *these = positions.buf;
    int64_t count = begins.len / 4 - 1, last = follow.len / 4;
    int sound = holds(&begins, 4) && holds(&follow, 4) && holds(&positions, 4) && count > 0 && symbol >= 0 &&
                symbols.len % count == 0 && symbol < symbols.len / count;
    int64_t size = sound ? symbols.len / count : 0;
    uint64_t *found = sound ? calloc((size_t)count / 64 + 1, sizeof(uint64_t)) : NULL;
    int64_t told = 0;
    for (int64_t at = 0; found != NULL && sound && at < positions.len / 4; at++) {
        int64_t position = these[at];
        sound = position >= 0 && position < count && first[position] >= 0 && first[position + 1] <= last;
        for (int64_t place = sound ? first[position] : 0; sound && place < first[position + 1]; place++) {
            int64_t one = next[place];
            sound = one >= 0 && one < count;
            if (!sound || !may[one * size + symbol]) continue;
            uint64_t bit = UINT64_C(1) << (one & 63);
            told += !(found[one >> 6] & bit);
            found[one >> 6] |= bit;
        }
    }
    if (!sound) {
        PyErr_SetString(PyExc_ValueError, "arrays that do not fit together");
    } else if (found == NULL) {
        PyErr_NoMemory();
    } else if ((result = PyBytes_FromStringAndSize(NULL, told * 4)) != NULL) {
        char *out = PyBytes_AsString(result);
        for (int64_t word = 0; word <= count / 64; word++) {
            for (int bit = 0; found[word] && bit < 64; bit++) {
                if (!(found[word] >> bit & 1)) continue;
                int32_t one = (int32_t)(word * 64 + bit);
                memcpy(out, &one, sizeof one);
                out += sizeof one;
            }
        }
    }
    free(found);
    PyBuffer_Release(&symbols);
    PyBuffer_Release(&begins);
    PyBuffer_Release(&follow);
    PyBuffer_Release(&positions);
    return result;
}
