package io.jeton.test;

import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationConfig;
import com.fasterxml.jackson.databind.deser.BeanDeserializerBuilder;
import com.fasterxml.jackson.databind.deser.BeanDeserializerModifier;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.BeanSerializerBuilder;
import com.fasterxml.jackson.databind.ser.BeanSerializerModifier;
import io.quarkus.jackson.ObjectMapperCustomizer;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.inject.Singleton;

/** Under test, Jackson refuses what it could not read in a native executable: a class that nobody registered. */
@Singleton
public final class JsonTypes implements ObjectMapperCustomizer {
    @Override
    public void customize(ObjectMapper mapper) {
        mapper.registerModule(new SimpleModule("only what is registered")
                .setSerializerModifier(new BeanSerializerModifier() {
                    @Override
                    public BeanSerializerBuilder updateBuilder(
                            SerializationConfig config, BeanDescription bean, BeanSerializerBuilder builder) {
                        requireRegistered(bean.getBeanClass());
                        return builder;
                    }
                })
                .setDeserializerModifier(new BeanDeserializerModifier() {
                    @Override
                    public BeanDeserializerBuilder updateBuilder(
                            DeserializationConfig config, BeanDescription bean, BeanDeserializerBuilder builder) {
                        requireRegistered(bean.getBeanClass());
                        return builder;
                    }
                }));
    }

    private static void requireRegistered(Class<?> type) {
        if (!type.isAnnotationPresent(RegisterForReflection.class)) {
            throw new IllegalStateException(type + " lacks @RegisterForReflection: no native executable could read it");
        }
    }
}
