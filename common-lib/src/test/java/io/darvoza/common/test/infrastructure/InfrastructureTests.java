package io.darvoza.common.test.infrastructure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class InfrastructureTests {

    private final RealInfrastructureCustomizerFactory factory = new RealInfrastructureCustomizerFactory();

    @Test
    void localProcessesServeUnlessContainersAreAskedFor() {
        assertThat(Infrastructure.kind(null)).isEqualTo(Infrastructure.Kind.LOCAL);
        assertThat(Infrastructure.kind("")).isEqualTo(Infrastructure.Kind.LOCAL);
        assertThat(Infrastructure.kind("local")).isEqualTo(Infrastructure.Kind.LOCAL);
        assertThat(Infrastructure.kind("containers")).isEqualTo(Infrastructure.Kind.CONTAINERS);
    }

    @Test
    void anUnknownKindIsRefusedWithTheChoice() {
        assertThatThrownBy(() -> Infrastructure.kind("docker")).hasMessageContaining("local or containers");
    }

    @Test
    void containersStartOnlyWhenAServerIsAskedFor() {
        assertThat(new ContainerInfrastructure()).isNotNull();
    }

    @Test
    void onlyAnnotatedClassesGetServers() {
        assertThat(factory.createContextCustomizer(InfrastructureTests.class, List.of()))
                .isNull();
        assertThat(factory.createContextCustomizer(First.class, List.of())).isNotNull();
    }

    @Test
    void noTwoClassesShareAContextButNestedOnesDo() {
        var first = factory.createContextCustomizer(First.class, List.of());

        assertThat(first).isEqualTo(factory.createContextCustomizer(First.class, List.of()));
        assertThat(first).isEqualTo(factory.createContextCustomizer(First.Inside.class, List.of()));
        assertThat(first).isNotEqualTo(factory.createContextCustomizer(Second.class, List.of()));
        assertThat(first).isNotEqualTo(factory.createContextCustomizer(Inheriting.class, List.of()));
    }

    @RealInfrastructure(Server.POSTGRES)
    static class First {

        @Nested
        class Inside {}
    }

    @RealInfrastructure(Server.POSTGRES)
    static class Second {}

    static class Inheriting extends First {}
}
