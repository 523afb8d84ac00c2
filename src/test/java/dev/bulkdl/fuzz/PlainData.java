package dev.bulkdl.fuzz;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Values that are read from bytes, without Jazzer's native code. Has what the targets ask for. */
final class PlainData implements InvocationHandler {
  private final ByteBuffer left;

  private PlainData(byte[] input) {
    left = ByteBuffer.wrap(input);
  }

  static FuzzedDataProvider of(byte[] input) {
    Class<?>[] type = {FuzzedDataProvider.class};
    Object proxy =
        Proxy.newProxyInstance(PlainData.class.getClassLoader(), type, new PlainData(input));
    return (FuzzedDataProvider) proxy;
  }

  @Override
  public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
    if (method.isDefault()) {
      return InvocationHandler.invokeDefault(proxy, method, arguments);
    }
    return switch (method.getName()) {
      case "remainingBytes" -> left.remaining();
      case "consumeBoolean" -> (bytes(1)[0] & 1) == 1;
      case "consumeChar" -> (char) between(Character.MIN_VALUE, Character.MAX_VALUE);
      case "consumeInt" -> (int) between((int) arguments[0], (int) arguments[1]);
      case "consumeLong" -> between((long) arguments[0], (long) arguments[1]);
      case "consumeBytes" -> some((int) arguments[0]);
      case "consumeRemainingAsBytes" -> some(left.remaining());
      case "consumeString" -> new String(some((int) arguments[0]), StandardCharsets.UTF_8);
      case "consumeAsciiString" -> new String(some((int) arguments[0]), StandardCharsets.US_ASCII);
      default -> throw new UnsupportedOperationException(method.toString());
    };
  }

  private long between(long least, long most) {
    BigInteger count = BigInteger.valueOf(most).subtract(BigInteger.valueOf(least));
    BigInteger any = new BigInteger(1, bytes(Long.BYTES));
    return any.mod(count.add(BigInteger.ONE)).add(BigInteger.valueOf(least)).longValueExact();
  }

  /** As many as there are. */
  private byte[] some(int most) {
    return bytes(Math.min(most, left.remaining()));
  }

  /** Zeros where there are no more. */
  private byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    left.get(bytes, 0, Math.min(count, left.remaining()));
    return bytes;
  }
}
