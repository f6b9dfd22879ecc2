package org.wasl.routes.participant;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A participant's process, as who started it sees it. */
final class Participant implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 120;

    private final Role role;
    private final Federation federation;
    private Process process;
    private PrintWriter commands;
    private BlockingQueue<String> answers;

    Participant(Role role, Federation federation) throws IOException {
        this.role = role;
        this.federation = federation;
        this.process = launch();
        this.commands = commands(process);
        this.answers = answers(process);
    }

    private Process launch() throws IOException {
        return new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Dfile.encoding=UTF-8",
                        "-Dwasl.root=" + System.getProperty("wasl.root"),
                        "-cp",
                        System.getProperty("java.class.path"),
                        ParticipantProgram.class.getName(),
                        role.name(),
                        federation.directory().toString(),
                        Integer.toString(federation.port())))
                .redirectError(ProcessBuilder.Redirect.appendTo(
                        federation.directory().resolve(role + ".err").toFile()))
                .start();
    }

    private static PrintWriter commands(Process process) {
        return new PrintWriter(new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8), true);
    }

    private BlockingQueue<String> answers(Process process) {
        BlockingQueue<String> answers = new LinkedBlockingQueue<>();
        Thread thread = new Thread(() -> read(process, answers), "participant");
        thread.setDaemon(true);
        thread.start();
        return answers;
    }

    /** What it logs besides is kept for whoever has to find out why. */
    private void read(Process process, BlockingQueue<String> answers) {
        try (BufferedReader reader =
                        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
                BufferedWriter logged = Files.newBufferedWriter(
                        federation.directory().resolve(role + ".log"),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.APPEND)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                if (line.startsWith(ParticipantProgram.ANSWER)) {
                    answers.add(line.substring(ParticipantProgram.ANSWER.length()));
                } else {
                    logged.write(line + System.lineSeparator());
                    logged.flush();
                }
            }
        } catch (IOException e) {
            // The stream is closed under its reader when the process is killed. Whoever waits for an answer says so.
            answers.clear();
        }
    }

    /** Waits until it takes part. */
    void awaitReady() throws InterruptedException {
        next("ready");
    }

    /** Gives it this command, and its answer back. */
    String call(String command) throws InterruptedException {
        commands.println(command);
        return next(command);
    }

    private String next(String what) throws InterruptedException {
        String answer = answers.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (answer == null) {
            throw new AssertionError(role + " does not answer to '" + what + "'; alive: " + process.isAlive());
        }
        return answer;
    }

    /** Ends it as a power cut would, and starts it again; {@link #awaitReady} waits for that. */
    void killAndStart() throws IOException, InterruptedException {
        process.destroyForcibly().waitFor();
        process = launch();
        commands = commands(process);
        answers = answers(process);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
