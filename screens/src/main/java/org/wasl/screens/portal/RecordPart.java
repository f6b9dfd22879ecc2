package org.wasl.screens.portal;

import java.util.List;

/** A piece of a record, as a page shows it. */
sealed interface RecordPart {

    /** Which of them it is, for templates. */
    String shape();

    String label();

    /**
     * One value.
     *
     * @param ltr whether it is an identifier, a plate, an amount: kept from left to right
     */
    record Value(String text, boolean ltr) {

        static Value plain(String text) {
            return new Value(text, false);
        }

        static Value ltr(String text) {
            return new Value(text, true);
        }
    }

    /** A field with its value. */
    record Line(String label, Value value) implements RecordPart {
        @Override
        public String shape() {
            return "line";
        }
    }

    /** A field that has fields. */
    record Group(String label, List<RecordPart> parts) implements RecordPart {
        @Override
        public String shape() {
            return "group";
        }
    }

    /**
     * Several of the same kind.
     *
     * @param rows each with a value for every column
     */
    record Grid(String label, List<String> columns, List<List<Value>> rows) implements RecordPart {
        @Override
        public String shape() {
            return "grid";
        }
    }
}
