package org.wasl.agencies.ptax;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.wasl.agencies.population.Personas;
import org.wasl.agencies.population.Population;
import org.wasl.agencies.population.Title;

class PtaxServerTest {

    private final Population population = new Population(11, 20, LocalDate.of(2026, 11, 21));
    private final HttpClient http = HttpClient.newHttpClient();
    private PtaxServer server;

    @BeforeEach
    void start() throws IOException {
        server = new PtaxServer(population, "bus", "secret");
        server.start(0);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void accounts_ofClean_areClearable() throws Exception {
        HttpResponse<String> response = accounts(Personas.CLEAN.nationalNumber());
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body())
                .contains("<coverage>FULL</coverage>", "<clearable>Y</clearable>", "<totalDue>0.000</totalDue>")
                .contains("<note>SYNTHETIC</note>")
                .doesNotContain("<blocker>");
        assertThat(server.reads().total()).isEqualTo(1);
    }

    @Test
    void accounts_ofFined_areBlockedByDues() throws Exception {
        assertThat(accounts(Personas.FINED.nationalNumber()).body())
                .contains("<clearable>N</clearable>", "<blocker>DUES</blocker>");
    }

    @Test
    void accounts_ofDeceased_areUndivided() throws Exception {
        assertThat(accounts(Personas.DECEASED.nationalNumber()).body())
                .contains("<undivided>true</undivided>", "<blocker>UNDIVIDED</blocker>");
    }

    @Test
    void accounts_ofIncomplete_sayThatATitleMayBeMissing() throws Exception {
        assertThat(accounts(Personas.INCOMPLETE.nationalNumber()).body())
                .contains("<titlesWithoutNumber>1</titlesWithoutNumber><coverage>PARTIAL</coverage>");
    }

    @Test
    void accounts_ofNobody_areAFaultAndNotCounted() throws Exception {
        for (String number : new String[] {Personas.NOTHING.nationalNumber(), Personas.UNREGISTERED, "5348068307"}) {
            HttpResponse<String> response = accounts(number);
            assertThat(response.statusCode()).isEqualTo(500);
            assertThat(response.body()).contains("AccountNotFound", "<subject>" + number + "</subject>");
        }
        assertThat(accounts("abc").body()).contains("BadRequest", "<field>nationalNumber</field>");
        assertThat(server.reads().total()).isZero();
    }

    @Test
    void account_byParcel_isTheSameAccount() throws Exception {
        Title title = population.titlesOf(population.family(12)).stream()
                .findFirst()
                .orElseGet(() -> population.titlesOf(population.family(0)).get(0));
        Title.ParcelKey key = title.parcel();
        String body = call("<a:getAccountByParcel xmlns:a=\"urn:ptax:accounts:2\"><directorate>" + key.directorate()
                        + "</directorate><village>" + key.village() + "</village><basin>" + key.basin()
                        + "</basin><parcel>" + key.parcel() + "</parcel></a:getAccountByParcel>")
                .body();
        assertThat(body).contains("<accountNo>" + title.account() + "</accountNo>");
        assertThat(call("<a:getAccountByParcel xmlns:a=\"urn:ptax:accounts:2\"><directorate>0101</directorate>"
                                + "</a:getAccountByParcel>")
                        .body())
                .contains("<field>village</field>");
    }

    @Test
    void wsdl_whenAskedFor_isServedToAnyone() throws Exception {
        HttpResponse<String> wsdl = http.send(
                HttpRequest.newBuilder(URI.create(server.endpoint() + "?wsdl")).build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(wsdl.statusCode()).isEqualTo(200);
        assertThat(wsdl.body()).contains("wsdl:definitions", "getAccountByParcel", "urn:ptax:accounts:2");
    }

    @Test
    void call_withoutCredentials_isRefused() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(server.endpoint())
                .header("Content-Type", "text/xml; charset=utf-8")
                .POST(HttpRequest.BodyPublishers.ofString(envelope("<x/>")))
                .build();
        assertThat(http.send(request, HttpResponse.BodyHandlers.ofString()).statusCode())
                .isEqualTo(401);
    }

    @Test
    void call_withADoctype_isRefused() throws Exception {
        String bomb = "<!DOCTYPE s [<!ENTITY e SYSTEM \"file:///etc/hostname\">]>"
                + envelope(
                        "<a:getAccounts xmlns:a=\"urn:ptax:accounts:2\"><nationalNumber>&e;</nationalNumber></a:getAccounts>");
        assertThat(post(bomb).statusCode()).isEqualTo(500);
        assertThat(server.reads().total()).isZero();
    }

    @Test
    void start_afterAStop_servesOnTheSamePort() throws Exception {
        int port = server.port();
        server.stop();
        assertThatThrownBy(() -> accounts(Personas.CLEAN.nationalNumber())).isInstanceOf(IOException.class);
        assertThat(server.start(port)).isEqualTo(port);
        assertThat(accounts(Personas.CLEAN.nationalNumber()).statusCode()).isEqualTo(200);
    }

    private HttpResponse<String> accounts(String number) throws IOException, InterruptedException {
        return call("<a:getAccounts xmlns:a=\"urn:ptax:accounts:2\"><nationalNumber>" + number
                + "</nationalNumber></a:getAccounts>");
    }

    private HttpResponse<String> call(String body) throws IOException, InterruptedException {
        return post(envelope(body));
    }

    private HttpResponse<String> post(String text) throws IOException, InterruptedException {
        String credentials = Base64.getEncoder().encodeToString("bus:secret".getBytes(StandardCharsets.UTF_8));
        HttpRequest request = HttpRequest.newBuilder(server.endpoint())
                .header("Content-Type", "text/xml; charset=utf-8")
                .header("Authorization", "Basic " + credentials)
                .timeout(Duration.ofSeconds(20))
                .POST(HttpRequest.BodyPublishers.ofString(text))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private static String envelope(String body) {
        return "<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\"><s:Body>" + body
                + "</s:Body></s:Envelope>";
    }
}
