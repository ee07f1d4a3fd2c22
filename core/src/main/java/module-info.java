/** Statewise: the words, the SPI, the front door and the in-memory store. */
module dev.statewise.core {
  requires static org.jspecify;
  requires com.github.benmanes.caffeine;
  requires org.slf4j;

  exports dev.statewise;
  exports dev.statewise.session;
  exports dev.statewise.spi;
  exports dev.statewise.memory;
}
