package org.wasl.agencies.population;

/** The same name as another clerk would have typed it. */
final class ArabicSpelling {

    private ArabicSpelling() {}

    /** Drops hamzas, swaps final ta marbuta with ha and final alif maqsura with ya, each only sometimes. */
    static String variant(Dice dice, String text) {
        StringBuilder out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            boolean last = i + 1 == text.length() || text.charAt(i + 1) == ' ';
            out.append(dice.chance(350) ? swapped(text.charAt(i), last) : text.charAt(i));
        }
        return out.toString();
    }

    private static char swapped(char letter, boolean last) {
        return switch (letter) {
            case 'أ', 'إ', 'آ' -> 'ا';
            case 'ة' -> last ? 'ه' : letter;
            case 'ى' -> last ? 'ي' : letter;
            case 'ي' -> last ? 'ى' : letter;
            default -> letter;
        };
    }
}
