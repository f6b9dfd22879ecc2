package org.wasl.node.audit;

import org.wasl.node.audit.Statement.Fact;
import org.wasl.node.audit.Statement.Line;
import org.wasl.schemas.xml.XmlText;
import org.wasl.security.registry.Label;

/** {@code statement.html}: Arabic first, then English; no scripts, nothing from elsewhere. */
final class StatementHtml {

    private static final String STYLE = """
            body { font-family: "Noto Naskh Arabic", "Amiri", "Noto Sans", sans-serif; line-height: 1.7; margin: 2rem auto;
              max-width: 60rem; padding-inline: 1rem; color: #111; background: #fff }
            table { border-collapse: collapse; inline-size: 100%; margin-block: 1rem }
            th, td { border: 1px solid #767676; padding: .3rem .6rem; text-align: start; vertical-align: top;
              overflow-wrap: anywhere }
            section { margin-block-end: 3rem }
            """;

    private final Statement statement;
    private final StringBuilder html = new StringBuilder();

    StatementHtml(Statement statement) {
        this.statement = statement;
    }

    String text() {
        html.append("<!DOCTYPE html>\n<html lang=\"ar\" dir=\"rtl\">\n<head>\n<meta charset=\"utf-8\">\n")
                .append(
                        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n")
                .append("<meta name=\"viewport\" content=\"width=device-width\">\n<title>")
                .append(XmlText.text(StatementTexts.TITLE.arabic()))
                .append("</title>\n<style>\n")
                .append(STYLE)
                .append("</style>\n</head>\n<body>\n");
        section(true);
        section(false);
        return html.append("</body>\n</html>\n").toString();
    }

    private void section(boolean arabic) {
        html.append(arabic ? "<section lang=\"ar\" dir=\"rtl\">\n" : "<section lang=\"en\" dir=\"ltr\">\n");
        html.append("<h1>").append(text(StatementTexts.TITLE, arabic)).append("</h1>\n<p>");
        html.append(text(StatementTexts.INTRODUCTION, arabic)).append("</p>\n<table>\n");
        for (Fact fact : statement.facts()) {
            html.append("<tr><th scope=\"row\">")
                    .append(text(fact.name(), arabic))
                    .append("</th><td>");
            if (fact.value() != null) {
                html.append(text(fact.value(), arabic)).append(' ');
            }
            html.append(identifier(fact.identifier())).append("</td></tr>\n");
        }
        html.append("</table>\n<h2>")
                .append(text(StatementTexts.CHECKS, arabic))
                .append("</h2>\n<table>\n");
        for (Check check : statement.checks()) {
            html.append("<tr><th scope=\"row\">")
                    .append(text(check.question(), arabic))
                    .append("</th><td>")
                    .append(StatementTexts.sign(check.outcome()))
                    .append(' ')
                    .append(text(check.outcome().label(), arabic))
                    .append("</td><td>")
                    .append(text(check.finding(), arabic))
                    .append("</td></tr>\n");
        }
        html.append("</table>\n<h2>")
                .append(text(StatementTexts.MESSAGES, arabic))
                .append("</h2>\n<table>\n<tr>");
        StatementTexts.COLUMNS.forEach(column ->
                html.append("<th scope=\"col\">").append(text(column, arabic)).append("</th>"));
        html.append("</tr>\n");
        for (Line line : statement.messages()) {
            html.append("<tr>");
            for (String cell : StatementTexts.cells(line)) {
                html.append("<td>").append(identifier(cell)).append("</td>");
            }
            html.append("</tr>\n");
        }
        html.append("</table>\n<h2>")
                .append(text(StatementTexts.LIMITS, arabic))
                .append("</h2>\n<ul>\n");
        statement.limits().forEach(limit -> html.append("<li>")
                .append(text(limit, arabic))
                .append("</li>\n"));
        html.append("</ul>\n</section>\n");
    }

    private static String text(Label label, boolean arabic) {
        return isolated(XmlText.text(arabic ? label.arabic() : label.english()));
    }

    /** Findings name identifiers within sentences: each run of them keeps its own direction. */
    private static String isolated(String escaped) {
        return escaped.replaceAll("([A-Za-z0-9][A-Za-z0-9._:/+,-]*[A-Za-z0-9])", "<bdi dir=\"ltr\">$1</bdi>")
                .replaceAll("&<bdi dir=\"ltr\">([a-z]+)</bdi>;", "&$1;");
    }

    private static String identifier(String value) {
        return value.isEmpty() ? "" : "<bdi dir=\"ltr\">" + XmlText.text(value) + "</bdi>";
    }
}
