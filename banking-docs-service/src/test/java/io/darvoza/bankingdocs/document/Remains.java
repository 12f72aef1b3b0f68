package io.darvoza.bankingdocs.document;

import io.darvoza.bankingdocs.ChildService;
import io.darvoza.common.objectstore.ObjectStore;
import io.darvoza.common.objectstore.ObjectStoreAutoConfiguration;
import io.darvoza.common.objectstore.StoredObject;
import io.darvoza.common.reactive.Await;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** What a killed service has left in store and database. */
final class Remains {

    private static final Duration BOUND = Duration.ofSeconds(60);

    private Remains() {}

    /** Keys of all objects in the store. */
    static List<String> objects(ChildService service) {
        List<String> keys = new ArrayList<>();
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(ObjectStoreAutoConfiguration.class))
                .withPropertyValues(service.bucket().properties().entrySet().stream()
                        .map(Map.Entry::toString)
                        .toArray(String[]::new))
                .run(started -> keys.addAll(Await.within(
                        started.getBean(ObjectStore.class)
                                .list("", null)
                                .map(StoredObject::key)
                                .collectList(),
                        BOUND)));
        return keys;
    }

    /** Keys of all contents that the database knows. */
    static List<String> keys(ChildService service) {
        return query(service, "select storage_key from document_version order by storage_key");
    }

    static long count(ChildService service, String sql) {
        return Long.parseLong(query(service, sql).getFirst());
    }

    static List<String> query(ChildService service, String sql) {
        try (Connection connection = service.database().connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> values = new ArrayList<>();
            while (rows.next()) {
                values.add(rows.getString(1));
            }
            return values;
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }
}
