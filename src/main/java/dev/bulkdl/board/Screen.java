package dev.bulkdl.board;

/**
 * The room that the board has.
 *
 * @param width columns that may be written
 * @param height the most lines, at least 1
 * @param atLeast lines that are filled up to, so that the board does not jump
 */
public record Screen(int width, int height, int atLeast, Theme look) {}
