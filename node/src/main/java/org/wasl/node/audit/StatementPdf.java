package org.wasl.node.audit;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.util.Date;
import org.apache.fop.apps.FOUserAgent;
import org.apache.fop.apps.FopConfParser;
import org.apache.fop.apps.FopFactory;
import org.apache.fop.apps.FopFactoryBuilder;
import org.apache.fop.events.EventListener;
import org.apache.xmlgraphics.io.Resource;
import org.apache.xmlgraphics.io.ResourceResolver;
import org.wasl.node.audit.Statement.Fact;
import org.wasl.node.audit.Statement.Line;
import org.wasl.security.registry.Label;
import org.xml.sax.SAXException;

/**
 * {@code statement.pdf}: the statement as PDF/A-2u, for archives. Arabic is shaped and set from right to left by the
 * formatter; the one font is embedded, as far as it is used. The formatter gets events, never a text to parse, and can open
 * nothing but that font.
 */
final class StatementPdf {

    private static final String FONT = "Amiri";
    private static final URI FONT_FILE = URI.create("wasl:///Amiri-Regular.ttf");
    private static final String PDF = "application/pdf";
    private static final FopFactory FACTORY = factory();

    private final Statement statement;

    StatementPdf(Statement statement) {
        this.statement = statement;
    }

    /** Opens the font, and nothing else. */
    private static final class FontOnly implements ResourceResolver {

        private static final byte[] OCTETS = Resources.octets("Amiri-Regular.ttf");

        @Override
        public Resource getResource(URI uri) throws IOException {
            if (!FONT_FILE.equals(uri)) {
                throw new IOException("a statement needs no " + uri);
            }
            return new Resource(new ByteArrayInputStream(OCTETS));
        }

        @Override
        public OutputStream getOutputStream(URI uri) throws IOException {
            throw new IOException("a statement writes nothing but itself");
        }
    }

    private static FopFactory factory() {
        FopFactoryBuilder builder;
        try {
            builder = new FopConfParser(
                            new ByteArrayInputStream(Resources.octets("statement-fonts.xml")),
                            URI.create("wasl:///"),
                            new FontOnly())
                    .getFopFactoryBuilder();
        } catch (SAXException | IOException e) {
            throw new IllegalStateException("the program's own declaration of fonts cannot be read", e);
        }
        return builder.setComplexScriptFeatures(true)
                .setStrictFOValidation(true)
                .build();
    }

    byte[] octets() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            FOUserAgent agent = FACTORY.newFOUserAgent();
            agent.getRendererOptions().put("pdf-a-mode", "PDF/A-2u");
            agent.setProducer("Wasl");
            agent.setCreator("Wasl");
            // When it was made is no evidence of anything; the same evidence gives the same page.
            agent.setCreationDate(new Date(0));
            // What the formatter says of line breaks is for nobody.
            EventListener nobody = event -> {};
            agent.getEventBroadcaster().addEventListener(nobody);
            write(new FormattingObjects(FACTORY.newFop(PDF, agent, out).getDefaultHandler()));
        } catch (SAXException e) {
            throw new IOException("the statement cannot be set", e);
        }
        return out.toByteArray();
    }

    private void write(FormattingObjects fo) throws SAXException {
        fo.begin();
        fo.open("root", "font-family", FONT, "font-size", "10pt", "line-height", "1.5");
        fo.open("layout-master-set");
        fo.open(
                "simple-page-master",
                "master-name",
                "page",
                "page-width",
                "210mm",
                "page-height",
                "297mm",
                "margin",
                "18mm");
        fo.empty("region-body");
        fo.close();
        fo.close();
        section(fo, true);
        section(fo, false);
        fo.close();
        fo.end();
    }

    private void section(FormattingObjects fo, boolean arabic) throws SAXException {
        fo.open(
                "page-sequence",
                "master-reference",
                "page",
                "language",
                arabic ? "ar" : "en",
                "writing-mode",
                arabic ? "rl-tb" : "lr-tb");
        fo.open("flow", "flow-name", "xsl-region-body");
        fo.block(in(StatementTexts.TITLE, arabic), "font-size", "18pt", "space-after", "4mm");
        fo.block(in(StatementTexts.INTRODUCTION, arabic), "space-after", "4mm");
        fo.table("35%", "65%");
        for (Fact fact : statement.facts()) {
            fo.open("table-row", "keep-together.within-page", "always");
            fo.cell(in(fact.name(), arabic), false);
            String value = fact.value() == null ? "" : in(fact.value(), arabic);
            fo.cell(value, fact.identifier());
            fo.close();
        }
        fo.endTable();
        heading(fo, StatementTexts.CHECKS, arabic);
        fo.table("45%", "12%", "43%");
        for (Check check : statement.checks()) {
            fo.open("table-row", "keep-together.within-page", "always");
            fo.cell(in(check.question(), arabic), false);
            fo.cell(in(check.outcome().label(), arabic), false);
            fo.cell(in(check.finding(), arabic), false);
            fo.close();
        }
        fo.endTable();
        heading(fo, StatementTexts.MESSAGES, arabic);
        fo.table("6%", "17%", "13%", "12%", "9%", "15%", "18%", "10%");
        fo.open("table-row");
        for (Label column : StatementTexts.COLUMNS) {
            fo.cell(in(column, arabic), false);
        }
        fo.close();
        for (Line line : statement.messages()) {
            fo.open("table-row", "keep-together.within-page", "always", "font-size", "7pt");
            for (String cell : StatementTexts.cells(line)) {
                fo.cell("", cell);
            }
            fo.close();
        }
        fo.endTable();
        heading(fo, StatementTexts.LIMITS, arabic);
        for (Label limit : statement.limits()) {
            fo.block("– " + in(limit, arabic), "space-after", "1mm");
        }
        fo.close();
        fo.close();
    }

    private static void heading(FormattingObjects fo, Label text, boolean arabic) throws SAXException {
        fo.block(
                in(text, arabic),
                "font-size",
                "13pt",
                "space-before",
                "6mm",
                "space-after",
                "2mm",
                "keep-with-next.within-page",
                "always");
    }

    private static String in(Label label, boolean arabic) {
        return arabic ? label.arabic() : label.english();
    }
}
