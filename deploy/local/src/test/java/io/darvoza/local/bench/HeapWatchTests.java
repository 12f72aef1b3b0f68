package io.darvoza.local.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HeapWatchTests {

    private static final String METRICS = """
            # TYPE jvm_memory_max_bytes gauge
            jvm_memory_max_bytes{application="x",area="heap",id="Eden Space"} -1.0
            jvm_memory_max_bytes{application="x",area="heap",id="Tenured Gen"} 1.34217728E8
            jvm_memory_used_bytes{application="x",area="heap",id="Eden Space"} 1048576.0
            jvm_memory_used_bytes{application="x",area="heap",id="Tenured Gen"} 2.097152E6
            jvm_memory_used_bytes{application="x",area="nonheap",id="Metaspace"} 9.9E7
            """;

    @Test
    void addsTheAreasOfTheHeapAndLeavesOutTheRest() {
        assertThat(HeapWatch.usedMebibytes(METRICS)).isEqualTo(3.0);
    }

    @Test
    void anAreaWithoutBoundAddsNothing() {
        assertThat(HeapWatch.mostMebibytes(METRICS)).isEqualTo(128.0);
    }
}
