// The Kotlin package as an Android library. `cargo xtask android` builds the native libraries that go into it.

import org.jetbrains.kotlin.gradle.dsl.JvmTarget

plugins {
    id("com.android.library") version "8.13.0"
    kotlin("android") version "2.2.21"
    `maven-publish`
}

group = "org.eventos"
version = "0.1.0"

val target = file(System.getenv("CARGO_TARGET_DIR") ?: "../../../../target")

layout.buildDirectory = target.resolve("android/build")

android {
    namespace = "org.eventos"
    compileSdk = 36

    defaultConfig {
        minSdk = 26
        consumerProguardFiles("consumer-rules.pro")
        ndk {
            abiFilters += listOf("arm64-v8a", "armeabi-v7a", "x86_64")
        }
    }

    sourceSets.getByName("main") {
        kotlin.srcDirs("../src/main/kotlin", "../src/generated/kotlin", "src/main/kotlin")
        jniLibs.srcDir(target.resolve("android/jniLibs"))
    }

    compileOptions {
        sourceCompatibility = JavaVersion.VERSION_11
        targetCompatibility = JavaVersion.VERSION_11
    }

    publishing {
        singleVariant("release")
    }
}

kotlin {
    compilerOptions {
        jvmTarget = JvmTarget.JVM_11
    }
}

dependencies {
    api("org.jetbrains.kotlinx:kotlinx-coroutines-android:1.10.2")
    api("com.squareup.okhttp3:okhttp:5.3.2")
    implementation("net.java.dev.jna:jna:5.17.0@aar")
}

publishing {
    publications {
        register<MavenPublication>("release") {
            artifactId = "eventos-android"
            afterEvaluate { from(components["release"]) }
        }
    }
}
