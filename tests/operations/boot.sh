#!/bin/bash
# boot.sh FOLDER PACKAGES: a machine to throw away. It is a copy of this one in which nothing that is
# written reaches the disk, with processes, network and mounts of its own, and runs Debian's systemd.
# The caller has unshared all of these. FOLDER holds `seed`, which is laid over the copy; PACKAGES are
# the Python packages that its pip finds installed.
set -eu
umask 022  # the root of the machine is read by all of its users
folder=$1 packages=$2 root=$1/root

mount --make-rprivate /
mount -t tmpfs -o size=6g,mode=755 tmpfs "$folder/disk"
mkdir "$folder/disk/written" "$folder/disk/work"
mount -t overlay -o "lowerdir=/,upperdir=$folder/disk/written,workdir=$folder/disk/work" overlay "$root"

# As empty as a new server: no timers or services but those of the packages, no cluster, no site.
find "$root"/etc/systemd/system/*.wants -type l ! -name nginx.service ! -name postgresql.service \
    -delete
rm -rf "$root"/etc/postgresql/* "$root"/var/lib/postgresql/* \
    "$root"/var/log/postgresql/* "$root"/etc/apt/sources.list* "$root"/etc/apt/apt.conf.d/*proxy* \
    "$root"/var/log/journal
cp -r "$folder/seed/." "$root/"
mkdir -p "$root/opt/packages" "$root/.before"
mount --bind "$packages" "$root/opt/packages"

mount -t proc proc "$root/proc"
# What stands in these two is the kernel's, which both machines share.
mount --bind "$root/proc/sys" "$root/proc/sys"
mount -o remount,bind,ro "$root/proc/sys"
mount -t sysfs -o ro sysfs "$root/sys"
if [ -f /sys/fs/cgroup/cgroup.controllers ]; then
    mount -t cgroup2 cgroup2 "$root/sys/fs/cgroup"
else
    mount -t tmpfs tmpfs "$root/sys/fs/cgroup"
    mkdir "$root/sys/fs/cgroup/systemd"
    mount -t cgroup -o none,name=systemd,xattr cgroup "$root/sys/fs/cgroup/systemd"
fi
mount -t tmpfs -o mode=755 tmpfs "$root/run"
mount -t tmpfs -o mode=1777 tmpfs "$root/tmp"
mount -t tmpfs -o mode=755 tmpfs "$root/dev"
mkdir "$root/dev/pts" "$root/dev/shm"
mount -t devpts -o newinstance,ptmxmode=666,mode=620,gid=5 devpts "$root/dev/pts"
mount -t tmpfs -o mode=1777 tmpfs "$root/dev/shm"
number=3
for name in null '' zero '' full random urandom; do
    [ -z "$name" ] || mknod -m 666 "$root/dev/$name" c 1 "$number"
    number=$((number + 1))
done
mknod -m 666 "$root/dev/tty" c 5 0
ln -s pts/ptmx "$root/dev/ptmx"
ln -s /proc/self/fd "$root/dev/fd"

cd "$root"
pivot_root . .before
umount --lazy /.before
exec env --ignore-environment PATH=/usr/sbin:/usr/bin:/sbin:/bin container=casebase \
    /lib/systemd/systemd --system --unit=basic.target
