package org.wasl.connectors.backend;

import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import net.sf.saxon.s9api.Processor;
import net.sf.saxon.s9api.XdmNode;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.jspecify.annotations.Nullable;
import org.wasl.connectors.ConnectorQuery;
import org.wasl.connectors.DocumentSpool;
import org.wasl.connectors.declaration.BackEndDeclaration.Rest;
import org.wasl.connectors.declaration.ConnectorDeclaration;
import org.wasl.connectors.declaration.ConnectorDeclaration.Documents;
import org.wasl.connectors.declaration.JsonTemplate;
import org.wasl.connectors.xml.JsonWriter;
import org.wasl.connectors.xml.UnreadableException;
import org.wasl.schemas.fault.FaultCode;

/** A REST service that answers JSON, or documents; Camel's HTTP component does the asking, between this class's two steps. */
public final class RestBackEnd implements BackEnd {

    private static final String JSON = "application/json";
    /** The digest of RFC 9530, of the octets as they are sent. */
    private static final Pattern SHA256 = Pattern.compile("(?:^|,)\\s*sha-256=:([A-Za-z0-9+/]{43}=):");

    private static final String QUERY = "connector.query";
    private static final Pattern PARAMETER = Pattern.compile("\\{(wasl\\.messageId|[A-Za-z][A-Za-z0-9]*)}");

    private final ConnectorDeclaration declaration;
    private final Rest rest;
    private final Processor processor;
    private final Secrets secrets;
    private final Clock clock;
    private final @Nullable DocumentIntake intake;

    public RestBackEnd(
            ConnectorDeclaration declaration,
            Rest rest,
            Processor processor,
            DocumentSpool spool,
            Secrets secrets,
            Clock clock) {
        this.declaration = declaration;
        this.rest = rest;
        this.processor = processor;
        this.secrets = secrets;
        this.clock = clock;
        this.intake = declaration.content() instanceof Documents documents
                ? new DocumentIntake(documents, spool, clock)
                : null;
    }

    @Override
    public void connect() {
        Reachability.check(rest.base(), (int) declaration.limits().timeout().toMillis());
    }

    /** Prepares the request: only path segments and query values come from the question, each encoded. */
    public void prepare(Exchange exchange) {
        Message message = exchange.getMessage();
        ConnectorQuery query = message.getBody(ConnectorQuery.class);
        exchange.setProperty(QUERY, query);
        message.setBody(body(query));
        if (!rest.body().isEmpty()) {
            message.setHeader(Exchange.CONTENT_TYPE, JSON);
        }
        message.setHeader(Exchange.HTTP_METHOD, rest.method());
        message.setHeader(
                Exchange.HTTP_PATH,
                rest.path().stream().map(segment -> segment(segment, query)).collect(Collectors.joining("/")));
        if (!rest.query().isEmpty()) {
            message.setHeader(
                    Exchange.HTTP_QUERY,
                    rest.query().entrySet().stream()
                            .map(e -> encode(e.getKey()) + "=" + encode(filled(e.getValue(), query)))
                            .collect(Collectors.joining("&")));
        }
        String secret = secrets.secret(rest.secret())
                .orElseThrow(() -> new BackEndFailure(
                        FaultCode.BACKEND_REFUSED,
                        Step.AUTHENTICATE,
                        "the secret '" + rest.secret() + "' is not there"));
        message.setHeader(rest.header(), rest.scheme().isEmpty() ? secret : rest.scheme() + " " + secret);
        rest.headers().forEach((name, value) -> message.setHeader(name, header(value, query)));
        message.setHeader("Accept", accepted());
        // The length that is announced must be that of the document.
        message.setHeader("Accept-Encoding", "identity");
    }

    private byte @Nullable [] body(ConnectorQuery query) {
        if (rest.body().isEmpty()) {
            return null;
        }
        try {
            return JsonTemplate.fill(rest.body(), query::value).getBytes(StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new BackEndFailure(FaultCode.REQUEST_PARAMETER, Step.FETCH, String.valueOf(e.getMessage()), e);
        }
    }

    private static String header(String declared, ConnectorQuery query) {
        String value = filled(declared, query);
        if (value.chars().anyMatch(c -> c < ' ' || c > '~')) {
            throw new BackEndFailure(FaultCode.REQUEST_PARAMETER, Step.FETCH, "a parameter does not fit into a header");
        }
        return value;
    }

    private String accepted() {
        return declaration.content() instanceof Documents documents
                ? String.join(", ", documents.formats().keySet()) + ", " + JSON
                : JSON;
    }

    private static String segment(String declared, ConnectorQuery query) {
        String value = filled(declared, query);
        boolean single = !value.isEmpty()
                && !value.equals(".")
                && !value.equals("..")
                && value.chars()
                        .noneMatch(c -> c == '/' || c == '\\' || c == ';' || c == '%' || Character.isISOControl(c));
        if (!single) {
            throw new BackEndFailure(
                    FaultCode.REQUEST_PARAMETER, Step.FETCH, "a parameter is not one segment of a path");
        }
        return encode(value);
    }

    private static String filled(String declared, ConnectorQuery query) {
        Matcher matcher = PARAMETER.matcher(declared);
        return matcher.matches() ? query.value(matcher.group(1)) : declared;
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** Reads the response. */
    public Answer read(Exchange exchange) throws IOException {
        ConnectorQuery query = exchange.getProperty(QUERY, ConnectorQuery.class);
        Message message = exchange.getMessage();
        int status = message.getHeader(Exchange.HTTP_RESPONSE_CODE, 0, Integer.class);
        boolean changed = declaration.effect().changes() && HttpStatus.changed(status);
        Optional<BackEndFailure> failure = changed ? Optional.empty() : HttpStatus.failure(status);
        if (failure.isPresent()) {
            throw failure.get();
        }
        String type = mediaType(message);
        if (intake != null && status == HttpStatus.OK && !type.equals(JSON)) {
            return document(intake, message, type, query);
        }
        byte[] body = body(message, query);
        message.removeHeaders("*");
        if (changed && body.length == 0) {
            return data(query, "{}", "");
        }
        if (!type.equals(JSON)) {
            refuseConflict(status);
            throw new BackEndFailure(
                    status == HttpStatus.OK || changed ? FaultCode.BACKEND_MALFORMED : FaultCode.BACKEND_REFUSED,
                    Step.FETCH,
                    "HTTP status " + status + " and a media type that is not application/json");
        }
        return data(query, Utf8.decode(body), status == HttpStatus.OK || changed ? "" : "HTTP status " + status);
    }

    /** Without a body that says more, the status itself is the word of a back-end that was to change something. */
    private void refuseConflict(int status) {
        if (!declaration.effect().changes()) {
            return;
        }
        if (status == HttpStatus.CONFLICT || status == HttpStatus.GONE) {
            FaultCode code = status == HttpStatus.GONE ? FaultCode.RECORD_EXPIRED : FaultCode.RECORD_CONFLICT;
            throw new BackEndFailure(code, Step.FETCH, "HTTP status " + status);
        }
    }

    private Answer data(ConnectorQuery query, String json, String refusal) {
        try {
            XdmNode document = JsonWriter.document(processor, json);
            return new Answer.Data(query, document, clock.instant(), refusal, System.nanoTime());
        } catch (UnreadableException e) {
            throw new BackEndFailure(FaultCode.BACKEND_MALFORMED, Step.FETCH, e.reason(), e);
        }
    }

    private Answer document(DocumentIntake taking, Message message, String type, ConnectorQuery query)
            throws IOException {
        try (InputStream in = message.getBody(InputStream.class)) {
            long length = message.getHeader("Content-Length", -1L, Long.class);
            Matcher digest = SHA256.matcher(
                    message.getHeader("Repr-Digest", message.getHeader("Content-Digest", ""), String.class));
            String sha256 =
                    digest.find() ? HexFormat.of().formatHex(Base64.getDecoder().decode(digest.group(1))) : "";
            boolean ends = length >= 0
                    || !sha256.isEmpty()
                    || "chunked".equalsIgnoreCase(message.getHeader("Transfer-Encoding", "", String.class));
            message.removeHeaders("*");
            if (in == null || type.isEmpty()) {
                throw new BackEndFailure(
                        FaultCode.DOCUMENT_MEDIA_TYPE, Step.VALIDATE, "the answer holds no document with a media type");
            }
            if (!ends) {
                // A connection that breaks would look like one that is done.
                throw new BackEndFailure(
                        FaultCode.BACKEND_MALFORMED, Step.FETCH, "the answer does not say where the document ends");
            }
            return taking.take(
                    in, new DocumentIntake.Announced(type, length, sha256), clock.instant(), query.deadline());
        }
    }

    private static String mediaType(Message message) {
        String type = message.getHeader(Exchange.CONTENT_TYPE, "", String.class);
        int parameters = type.indexOf(';');
        return (parameters < 0 ? type : type.substring(0, parameters)).strip().toLowerCase(Locale.ROOT);
    }

    private byte[] body(Message message, ConnectorQuery query) throws IOException {
        try (InputStream in = message.getBody(InputStream.class)) {
            return in == null
                    ? new byte[0]
                    : BoundedBody.read(in, declaration.limits().answerBytes(), query.deadline(), clock);
        }
    }

    /** Camel's own address of this back-end, with every bound set. */
    public String endpoint() {
        long timeout = declaration.limits().timeout().toMillis();
        int concurrent = declaration.limits().concurrent();
        Map<String, Object> options = Map.ofEntries(
                Map.entry("throwExceptionOnFailure", false),
                Map.entry("followRedirects", false),
                Map.entry("disableStreamCache", true),
                Map.entry("copyHeaders", false),
                Map.entry("skipRequestHeaders", false),
                Map.entry("maxTotalConnections", concurrent),
                Map.entry("connectionsPerRoute", concurrent),
                Map.entry("connectTimeout", Math.min(timeout, CONNECT_MILLIS)),
                Map.entry("connectionRequestTimeout", timeout),
                Map.entry("responseTimeout", timeout),
                Map.entry("soTimeout", timeout),
                Map.entry("useSystemProperties", false),
                Map.entry("httpClientConfigurer", "#" + UnreadAnswers.NAME),
                // Keeps endpoints of different connectors to one host apart, each with its own pool.
                Map.entry(
                        "connectionTimeToLive",
                        60_000 + Math.floorMod(declaration.name().hashCode(), 1000)));
        return rest.base()
                + "?"
                + options.entrySet().stream()
                        .map(e -> e.getKey() + "=" + e.getValue())
                        .sorted()
                        .collect(Collectors.joining("&"));
    }

    private static final long CONNECT_MILLIS = 2000;

    @Override
    public void close() {
        // Camel owns the connections and closes them with the endpoint.
    }
}
