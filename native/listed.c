/* Tables of words and what is known of them, as `pratique.detect.names`. */
#include "people.h"

enum { LONGEST_LISTED = 64 };

static uint64_t hashed(const char *word, int64_t size) {
    uint64_t hash = BASIS;
    for (int64_t at = 0; at < size; at++) hash = (hash ^ (uint8_t)word[at]) * PRIME;
    return hash ^ hash >> 29;
}

unsigned value_of(const Lists *lists, const char *word, int64_t size) {
    char small[LONGEST_LISTED];
    if (size <= 0 || size > LONGEST_LISTED) return 0;
    for (int64_t at = 0; at < size; at++) small[at] = (char)lower((uint8_t)word[at]);
    uint64_t at = hashed(small, size) & lists->mask;
    for (uint64_t asked = 0; asked <= lists->mask; asked++, at = (at + 1) & lists->mask) {
        const Slot *slot = &lists->slots[at];
        if (slot->size == 0) return 0;
        if (slot->size != size || slot->offset > lists->pool_size || slot->size > lists->pool_size - slot->offset)
            continue;
        if (memcmp(lists->pool + slot->offset, small, (size_t)size) == 0) return slot->value;
    }
    return 0;
}

int shaped(const Lists *lists, const char *word, int64_t size) {
    int last = size > 0 ? lower((uint8_t)word[size - 1]) : 0;
    for (int one = 0; one < lists->endings_count; one++) {
        const char *ending = lists->endings[one];
        int64_t length = lists->sizes[one], at = 0;
        if (length > size || ending[length - 1] != last) continue;
        while (at < length && ending[at] == lower((uint8_t)word[size - length + at])) at++;
        if (at == length) return 1;
    }
    return 0;
}

int ready(Lists *lists, const Py_buffer *listed, const Py_buffer *endings) {
    if ((size_t)listed->len < sizeof(Head) || (uintptr_t)listed->buf % 8) return 0;
    const Head *head = listed->buf;
    uint64_t size = (uint64_t)listed->len;
    if (head->mask >= size / sizeof(Slot) || head->pool != sizeof(Head) + (head->mask + 1) * sizeof(Slot)) return 0;
    if (head->pool > size) return 0;
    *lists = (Lists){.slots = (const Slot *)(head + 1), .pool = (const char *)listed->buf + head->pool,
                     .mask = head->mask, .pool_size = size - head->pool};
    const char *ending = endings->buf, *last = ending + endings->len;
    while (ending < last) {
        const char *stop = memchr(ending, '\n', (size_t)(last - ending));
        if (stop == NULL) stop = last;
        if (stop > ending) {
            if (lists->endings_count == MOST_ENDINGS) return 0;
            lists->endings[lists->endings_count] = ending;
            lists->sizes[lists->endings_count++] = stop - ending;
        }
        ending = stop + 1;
    }
    return 1;
}

/* listed(words, values) -> bytes: a table of words (lines of ASCII in lower case) and their values (uint16 each). */
PyObject *native_listed(PyObject *module, PyObject *args) {
    (void)module;
    Py_buffer words, values;
    if (!PyArg_ParseTuple(args, "y*y*", &words, &values)) return NULL;
    PyObject *result = NULL;
    uint64_t count = (uint64_t)values.len / 2, mask = 15;
    while (mask < 2 * count) mask = 2 * mask + 1;
    size_t size = sizeof(Head) + (mask + 1) * sizeof(Slot) + (size_t)words.len;
    char *table = calloc(1, size);
    if (table == NULL || !holds(&values, 2) || (uint64_t)words.len > UINT32_MAX) {
        if (table == NULL) PyErr_NoMemory();
        else PyErr_SetString(PyExc_ValueError, "arrays that do not fit together");
        goto end;
    }
    Head *head = (Head *)table;
    *head = (Head){mask, sizeof(Head) + (mask + 1) * sizeof(Slot)};
    Slot *slots = (Slot *)(head + 1);
    const char *first = words.buf, *last = first + words.len;
    memcpy(table + head->pool, first, (size_t)words.len);
    for (uint64_t number = 0; number < count && first < last; number++) {
        const char *stop = memchr(first, '\n', (size_t)(last - first));
        if (stop == NULL) stop = last;
        int64_t length = stop - first;
        if (length > 0 && length <= LONGEST_LISTED) {
            uint64_t at = hashed(first, length) & mask;
            while (slots[at].size) at = (at + 1) & mask;
            slots[at] = (Slot){(uint32_t)(first - (const char *)words.buf), (uint16_t)length,
                               ((const uint16_t *)values.buf)[number]};
        }
        first = stop + 1;
    }
    result = PyBytes_FromStringAndSize(table, (Py_ssize_t)size);
end:
    free(table);
    PyBuffer_Release(&words);
    PyBuffer_Release(&values);
    return result;
}
