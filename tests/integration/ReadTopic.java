import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads a topic by Kafka's own client, committed messages only: partition, offset, key, value and headers, a line each. */
public final class ReadTopic {
  private static String shown(byte[] bytes) {
    return bytes == null ? "-" : "=" + Base64.getEncoder().encodeToString(bytes);
  }

  public static void main(String[] words) {
    Properties settings = new Properties();
    settings.put("bootstrap.servers", words[0]);
    settings.put("isolation.level", "read_committed");
    settings.put("enable.auto.commit", "false");
    settings.put("key.deserializer", ByteArrayDeserializer.class.getName());
    settings.put("value.deserializer", ByteArrayDeserializer.class.getName());
    try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(settings)) {
      List<TopicPartition> parts = new ArrayList<>();
      consumer.partitionsFor(words[1]).forEach(one -> parts.add(new TopicPartition(words[1], one.partition())));
      consumer.assign(parts);
      consumer.seekToBeginning(parts);
      Map<TopicPartition, Long> ends = consumer.endOffsets(parts);
      while (parts.stream().anyMatch(part -> consumer.position(part) < ends.get(part))) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofSeconds(1))) {
          StringBuilder line = new StringBuilder();
          line.append(record.partition()).append(' ').append(record.offset());
          line.append(' ').append(shown(record.key())).append(' ').append(shown(record.value()));
          for (Header header : record.headers()) {
            String name = shown(header.key().getBytes(StandardCharsets.UTF_8));
            line.append(' ').append(name).append(' ').append(shown(header.value()));
          }
          System.out.println(line);
        }
      }
    }
  }
}
