package dev.bulkdl.engine;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * Makes the client take this machine for a distant one, where HTTP/2 pays. Such classes run one
 * after the other: else the first that ends would take that from the others.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ResourceLock(ThisMachineIsFar.FAR_MILLIS)
@ExtendWith(ThisMachineIsFar.Setting.class)
@interface ThisMachineIsFar {

  String FAR_MILLIS = "bulkdl.http2.far-millis";

  /** Sets the property while the class runs. */
  final class Setting implements BeforeAllCallback, AfterAllCallback {

    @Override
    public void beforeAll(ExtensionContext context) {
      System.setProperty(FAR_MILLIS, "0");
    }

    @Override
    public void afterAll(ExtensionContext context) {
      System.clearProperty(FAR_MILLIS);
    }
  }
}
