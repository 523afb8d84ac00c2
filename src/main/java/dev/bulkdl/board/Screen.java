package dev.bulkdl.board;

/**
 * The space for the board.
 *
 * @param width usable columns
 * @param height the maximum number of lines, at least 1
 * @param atLeast the minimum number of lines; blank lines fill it, so that the board does not jump
 */
public record Screen(int width, int height, int atLeast, Theme look) {}
