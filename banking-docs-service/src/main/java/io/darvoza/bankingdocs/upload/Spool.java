package io.darvoza.bankingdocs.upload;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** The directory of unfinished uploads, readable by this user only, and the few threads that write there. */
@Component
final class Spool implements DisposableBean {

    private static final Logger log = LoggerFactory.getLogger(Spool.class);

    /** Writing is copying into the page cache and hashing: more threads than cores would not be faster. */
    private static final int THREADS =
            Math.max(2, Math.min(8, Runtime.getRuntime().availableProcessors()));

    private final Path directory;
    private final Scheduler writers = Schedulers.newBoundedElastic(THREADS, 10_000, "upload-spool", 60, true);

    Spool(UploadProperties properties) {
        this.directory = properties.spoolDirectory();
        empty();
    }

    /** Opens a new file. */
    Mono<SpooledFile> open() {
        return Mono.fromCallable(() -> SpooledFile.in(directory)).subscribeOn(writers);
    }

    Mono<Void> discard(SpooledFile file) {
        return Mono.<Void>fromRunnable(file::discard).subscribeOn(writers);
    }

    Mono<Void> discard(Collection<SpooledFile> files) {
        return Mono.<Void>fromRunnable(() -> files.forEach(SpooledFile::discard))
                .subscribeOn(writers);
    }

    /** The same as {@link #open}, for whoever runs on {@link #writers} already. */
    SpooledFile openHere() {
        return SpooledFile.in(directory);
    }

    /** Where {@link SpooledFile} may block. */
    Scheduler writers() {
        return writers;
    }

    /** What a killed process left behind belongs to nobody. */
    private void empty() {
        try {
            Files.createDirectories(
                    directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            List<Path> left;
            try (Stream<Path> files = Files.list(directory)) {
                left = files.toList();
            }
            for (Path file : left) {
                Files.delete(file);
            }
            if (!left.isEmpty()) {
                log.info("Removed {} unfinished uploads of a process that ended in the middle", left.size());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("darvoza.banking-docs.upload.spool-directory cannot be used", e);
        }
    }

    @Override
    public void destroy() {
        writers.dispose();
    }
}
