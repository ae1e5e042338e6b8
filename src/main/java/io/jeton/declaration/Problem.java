package io.jeton.declaration;

/**
 * Something that is wrong with the file.
 *
 * @param line from 1; 0 for the file as a whole
 * @param sentence what it must be; never holds a value
 */
record Problem(int line, String sentence) {
    /** The way that editors and compilers say it. */
    String at(String file) {
        return line > 0 ? file + ":" + line + ": " + sentence : file + ": " + sentence;
    }
}
