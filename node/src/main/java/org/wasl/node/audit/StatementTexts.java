package org.wasl.node.audit;

import java.util.List;
import org.wasl.node.audit.Statement.Line;
import org.wasl.security.registry.Label;

/** What a statement says in every bundle. */
final class StatementTexts {

    static final Label TITLE = new Label("إفادة بتبادل بيانات", "Statement of a data exchange");
    static final Label INTRODUCTION = new Label(
            "تصف هذه الإفادة ما في الحزمة من أدلة. والدليل هو ملفات الحزمة لا هذه الصفحة؛ وفي VERIFY.md كيف يتحقق منها أي"
                    + " شخص بأدوات عامة.",
            "This page describes the evidence in the bundle. The evidence is the bundle's files, not this page; VERIFY.md"
                    + " says how anybody verifies them with common tools.");
    static final Label CHECKS = new Label("ما تحقق وما لم يتحقق", "What each check found");
    static final Label MESSAGES = new Label("القيود", "Leaves of the log");
    static final Label LIMITS = new Label("ما لا تثبته هذه الحزمة", "What this bundle does not prove");
    static final List<Label> COLUMNS = List.of(
            new Label("القيد", "Leaf"),
            new Label("الوقت", "Time"),
            new Label("سجل عنه", "For"),
            new Label("الاتجاه", "Direction"),
            new Label("النوع", "Kind"),
            new Label("الموقّع", "Signed by"),
            new Label("الخدمة", "Service"),
            new Label("الحكم", "Verdict"));

    private StatementTexts() {}

    static List<String> cells(Line line) {
        return List.of(
                Long.toString(line.index()),
                line.at(),
                line.member(),
                line.direction(),
                line.kind(),
                line.sender(),
                line.service(),
                line.verdict());
    }

    /** By sign as well as by word, never by colour alone. */
    static String sign(Check.Outcome outcome) {
        return switch (outcome) {
            case HOLDS -> "✓";
            case FAILS -> "✗";
            case UNKNOWN -> "?";
        };
    }
}
