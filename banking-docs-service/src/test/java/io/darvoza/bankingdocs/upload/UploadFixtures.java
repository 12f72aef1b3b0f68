package io.darvoza.bankingdocs.upload;

import io.darvoza.common.problem.ProblemException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.springframework.test.util.ReflectionTestUtils;
import org.springframework.util.unit.DataSize;

/** Settings of uploads for tests. */
public final class UploadFixtures {

    private UploadFixtures() {}

    static UploadProperties properties(Path spool) {
        return properties(spool, List.of(DocumentType.PDF, DocumentType.DOCX));
    }

    static UploadProperties properties(Path spool, List<DocumentType> allowed) {
        return new UploadProperties(
                allowed,
                DataSize.ofMegabytes(1),
                DataSize.ofKilobytes(1),
                DataSize.ofMegabytes(2),
                3,
                Duration.ofMillis(300),
                Duration.ofSeconds(2),
                2,
                1,
                Duration.ofMillis(200),
                spool,
                2,
                Duration.ofSeconds(30));
    }

    /** The real check, with these settings; to be destroyed. */
    public static FileCheck check(Path spool) {
        return new FileCheck(properties(spool));
    }

    /** The extension members of a problem, which only the renderer sees otherwise. */
    @SuppressWarnings("unchecked")
    static Map<String, Object> members(ProblemException problem) {
        return (Map<String, Object>) ReflectionTestUtils.getField(problem, "members");
    }
}
